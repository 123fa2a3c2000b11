/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/common/options.h"

#include "tools/common/output.h"

static const struct option_name *find_name(const struct option_name *names, const char *text, size_t len)
{
	for (; names->name; names++)
		if (strlen(names->name) == len && !memcmp(names->name, text, len))
			return names;
	return NULL;
}

/* @word starts with a dash and is not one dash alone. */
static int take_option(struct options *options, const char *word, const char **value)
{
	const char *text = word + 2;
	size_t len = strlen(word) > 2 ? strcspn(text, "=") : 0;
	const struct option_name *found = word[1] == '-' ? find_name(options->names, text, len) : NULL;

	if (!found) {
		complain("unknown option %.*s; --help lists them", (int)(len ? len + 2 : strlen(word)), word);
		return OPTION_REFUSED;
	}
	if (!found->takes_value) {
		if (!text[len])
			return found->id;
		complain("option --%s takes no value", found->name);
		return OPTION_REFUSED;
	}
	*value = text[len] ? text + len + 1 : options->argv[options->next];
	if (!*value) {
		complain("option --%s needs a value", found->name);
		return OPTION_REFUSED;
	}
	if (!text[len])
		options->next++;
	return found->id;
}

int options_next(struct options *options, const char **value)
{
	const char *word = options->argv[options->next];

	*value = NULL;
	if (!word)
		return OPTION_NONE_LEFT;
	options->next++;
	if (!options->operands_only && !strcmp(word, "--")) {
		options->operands_only = true;
		return options_next(options, value);
	}
	if (!options->operands_only && word[0] == '-' && word[1])
		return take_option(options, word, value);
	*value = word;
	return OPTION_OPERAND;
}
