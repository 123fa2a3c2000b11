/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/compiler/diff_out.h"

/* Printable ASCII needs two bytes escaped. */
static void put_string(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('"');
}

static void put_member(const char *key, const char *text)
{
	printf(", \"%s\": ", key);
	put_string(text);
}

/* Up to the first member of the object. */
static void open_object(const struct diff_out *out, const char *section)
{
	printf("%s\n    {\"section\": ", out->count ? "," : "");
	put_string(section);
}

void diff_out_begin(struct diff_out *out)
{
	if (out->json)
		printf("{\n  \"differences\": [");
}

static const char *change_text(const char *before, const char *after)
{
	if (!before)
		return "added";
	return after ? "changed" : "removed";
}

static void put_fact_json(const struct diff_out *out, const char *section, const char *name, const char *before,
			  const char *after)
{
	open_object(out, section);
	put_member("change", change_text(before, after));
	put_member("name", name);
	if (before && *before)
		put_member("old", before);
	if (after && *after)
		put_member("new", after);
	putchar('}');
}

void diff_out_fact(struct diff_out *out, const char *section, const char *name, const char *before, const char *after)
{
	const char *value = before ? before : after;

	if (out->json)
		put_fact_json(out, section, name, before, after);
	else if (before && after)
		printf("~ %s %s: %s -> %s\n", section, name, before, after);
	else
		printf("%c %s %s%s%s\n", before ? '-' : '+', section, name, *value ? ": " : "", value);
	out->count++;
}

static void put_perms_text(const struct diff_perms *perms)
{
	uint32_t i;

	fputs(perms->word, stdout);
	for (i = 0; i < 64; i++)
		if ((perms->gained | perms->lost) >> i & 1)
			printf(" %c%s", perms->gained >> i & 1 ? '+' : '-', perms->names[i]);
}

static void put_list(const char *key, const struct diff_perms *perms, uint64_t set)
{
	const char *comma = "";
	uint32_t i;

	printf("\"%s\": [", key);
	for (i = 0; i < 64; i++)
		if (set >> i & 1) {
			fputs(comma, stdout);
			put_string(perms->names[i]);
			comma = ", ";
		}
	putchar(']');
}

static void put_perms_json(const struct diff_perms *perms)
{
	printf(", \"%s\": {", perms->word);
	put_list("gained", perms, perms->gained);
	fputs(", ", stdout);
	put_list("lost", perms, perms->lost);
	putchar('}');
}

void diff_out_decision(struct diff_out *out, const char *source, const char *target, const char *tclass,
		       const struct diff_perms *perms, size_t nperms)
{
	const char *between = ": ";
	size_t i;

	if (out->json) {
		open_object(out, "decision");
		put_member("change", "changed");
		put_member("source", source);
		put_member("target", target);
		put_member("class", tclass);
	} else {
		printf("~ decision %s %s %s", source, target, tclass);
	}
	for (i = 0; i < nperms; i++) {
		if (!(perms[i].gained | perms[i].lost))
			continue;
		if (out->json) {
			put_perms_json(&perms[i]);
			continue;
		}
		fputs(between, stdout);
		put_perms_text(&perms[i]);
		between = "; ";
	}
	fputs(out->json ? "}" : "\n", stdout);
	out->count++;
}

void diff_out_end(struct diff_out *out)
{
	if (out->json)
		printf("%s],\n  \"same\": %s\n}\n", out->count ? "\n  " : "", out->count ? "false" : "true");
}
