/* SPDX-License-Identifier: BSD-2-Clause */
/* security_classes and access_vectors as text: words, `#' starts a comment, order is the number. */
#include "policy/compiler/abi.h"

#include "policy/compiler/facts.h"
#include "tools/common/build_text.h"
#include "tools/common/file.h"
#include "tools/common/output.h"

#include <ctype.h>
#include <stdlib.h>

#define SOURCE_MAX (1u << 20) /* bytes of a file */
#define WORD_MAX   128u	      /* bytes of a word with its NUL */

struct source {
	char *path; /* owned */
	struct file_bytes content;
	const char *next;
	unsigned int line;
	char word[WORD_MAX]; /* the last one read; "" at the end */
};

static int open_source(struct source *source, const char *directory, const char *name)
{
	struct build_text text;

	build_start(&text);
	fprintf(text.out, "%s/%s", directory, name);
	*source = (struct source){.path = build_finish(&text), .line = 1};
	if (file_read(source->path, SOURCE_MAX, &source->content)) {
		free(source->path);
		return -1;
	}
	source->next = source->content.bytes;
	return 0;
}

static void close_source(struct source *source)
{
	file_free(&source->content);
	free(source->path);
}

static int refuse(const struct source *source, const char *reason)
{
	complain("%s:%u: %s%s%s", source->path, source->line, reason, *source->word ? ", at " : "", source->word);
	return -1;
}

static void skip_blanks(struct source *source)
{
	for (; *source->next; source->next++) {
		if (*source->next == '#')
			source->next += strcspn(source->next, "\n");
		if (*source->next == '\n')
			source->line++;
		else if (!isspace((unsigned char)*source->next))
			return;
		if (!*source->next)
			return;
	}
}

/* The next word, a brace being one, into source->word. -1: complained of a word too long. */
static int next_word(struct source *source)
{
	size_t len;

	skip_blanks(source);
	len = strcspn(source->next, " \t\r\n\f\v#{}");
	if (!len && *source->next)
		len = 1;
	if (len >= WORD_MAX) {
		source->word[0] = '\0';
		return refuse(source, "a word of 128 bytes or more");
	}
	memcpy(source->word, source->next, len);
	source->word[len] = '\0';
	source->next += len;
	return 0;
}

static int expect(struct source *source, const char *word)
{
	if (next_word(source))
		return -1;
	if (!strcmp(source->word, word))
		return 0;
	complain("%s:%u: expected `%s', not `%s'", source->path, source->line, word, source->word);
	return -1;
}

static bool is_name(const char *word)
{
	return *word && !word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")];
}

static int expect_name(struct source *source)
{
	if (next_word(source))
		return -1;
	return is_name(source->word) ? 0 : refuse(source, "expected a name");
}

static int read_classes(struct source *source, struct abi *abi)
{
	for (;;) {
		if (next_word(source))
			return -1;
		if (!*source->word)
			return 0;
		if (strcmp(source->word, "class") != 0)
			return refuse(source, "expected `class NAME'");
		if (expect_name(source))
			return -1;
		if (abi_class_find(abi, source->word))
			return refuse(source, "this class is there already");
		abi_add_class(abi, source->word, (uint32_t)abi->nclasses + 1);
	}
}

static int add_perm(struct source *source, struct abi_class *tclass)
{
	if (abi_perm_find(tclass, source->word) < ABI_PERMS_MAX)
		return refuse(source, "this permission is there already");
	if (tclass->nperms == ABI_PERMS_MAX)
		return refuse(source, "a class has at most 32 permissions");
	tclass->perms[tclass->nperms++] = facts_words(source->word);
	return 0;
}

static int read_vector(struct source *source, struct abi *abi)
{
	struct abi_class *tclass;

	if (expect_name(source))
		return -1;
	tclass = (struct abi_class *)abi_class_find(abi, source->word);
	if (!tclass)
		return refuse(source, "this class is not in security_classes");
	if (tclass->nperms)
		return refuse(source, "this class has its permissions already");
	if (expect(source, "{"))
		return -1;
	for (;;) {
		if (next_word(source))
			return -1;
		if (!strcmp(source->word, "}"))
			return 0;
		if (!is_name(source->word))
			return refuse(source, "expected a permission or `}'");
		if (add_perm(source, tclass))
			return -1;
	}
}

static int read_vectors(struct source *source, struct abi *abi)
{
	for (;;) {
		if (next_word(source))
			return -1;
		if (!*source->word)
			return 0;
		if (strcmp(source->word, "class") != 0)
			return refuse(source, "expected `class NAME { PERMISSION ... }'");
		if (read_vector(source, abi))
			return -1;
	}
}

static int read_with(const char *directory, const char *name, int (*read)(struct source *source, struct abi *abi),
		     struct abi *abi)
{
	struct source source;
	int rc;

	if (open_source(&source, directory, name))
		return -1;
	rc = read(&source, abi);
	close_source(&source);
	return rc;
}

int abi_read_text(const char *directory, struct abi *abi)
{
	if (read_with(directory, "security_classes", read_classes, abi))
		return -1;
	return read_with(directory, "access_vectors", read_vectors, abi);
}
