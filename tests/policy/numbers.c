/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The generated numbers, as flask/perms.h gives them to the module, against the table
 * kept by hand: each row of one is in the other, with the same number.
 * Usage: numbers numbers.tsv
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port_types.h"
#include "flask/perms.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

struct number {
	const char *kind;
	const char *class;
	const char *name;
	uint32_t value; /* of the C constant: a number, or a mask */
	bool seen;
};

static struct number numbers[] = {
#define CLASS(name, NAME, number) {"class", "-", #name, SECCLASS_##NAME, false},
#include "flask/classes.def"
#define PERM(class, CLASS, name, NAME, bit) {"perm", #class, #name, CLASS##__##NAME, false},
#include "flask/perms.def"
#define INITIAL_SID(name, NAME, number) {"sid", "-", #name, SECINITSID_##NAME, false},
#include "flask/initial_sids.def"
};

static struct number *find(const char *kind, const char *class, const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (!strcmp(numbers[i].kind, kind) && !strcmp(numbers[i].class, class) &&
		    !strcmp(numbers[i].name, name))
			return &numbers[i];
	return NULL;
}

/* Compares one line of the table; returns the number of faults in it. */
static unsigned int compare(const char *path, unsigned int line, const char *text)
{
	char kind[8], class[32], name[32], more[2];
	struct number *n;
	uint32_t expected;
	unsigned int number;

	if (sscanf(text, "%7s %31s %31s %u %1s", kind, class, name, &number, more) != 4 || number > 31) {
		fprintf(stderr, "%s:%u: not a row of KIND CLASS NAME NUMBER\n", path, line);
		return 1;
	}
	n = find(kind, class, name);
	if (!n) {
		fprintf(stderr, "%s:%u: %s %s:%s is not in the generated headers\n", path, line, kind, class, name);
		return 1;
	}
	if (n->seen) {
		fprintf(stderr, "%s:%u: %s %s:%s is here twice\n", path, line, kind, class, name);
		return 1;
	}
	n->seen = true;
	expected = strcmp(kind, "perm") ? number : 1u << number;
	if (n->value == expected)
		return 0;
	fprintf(stderr, "%s:%u: %s %s:%s should be 0x%x, the headers say 0x%x\n", path, line, kind, class, name,
		expected, n->value);
	return 1;
}

static unsigned int compare_file(const char *path)
{
	unsigned int faults = 0, line = 0;
	char text[128];
	FILE *f = fopen(path, "r");

	if (!f)
		err(1, "%s", path);
	while (fgets(text, sizeof(text), f)) {
		line++;
		if (text[0] != '#')
			faults += compare(path, line, text);
	}
	if (ferror(f))
		err(1, "%s", path);
	fclose(f);
	return faults;
}

static unsigned int missing_rows(const char *path)
{
	unsigned int faults = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (numbers[i].seen)
			continue;
		fprintf(stderr, "%s: has no row for %s %s:%s\n", path, numbers[i].kind, numbers[i].class,
			numbers[i].name);
		faults++;
	}
	return faults;
}

static size_t count(const char *kind)
{
	size_t i, n = 0;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		n += !strcmp(numbers[i].kind, kind);
	return n;
}

int main(int argc, char **argv)
{
	unsigned int faults;

	if (argc != 2) {
		fprintf(stderr, "usage: numbers TABLE\n");
		return 2;
	}
	faults = compare_file(argv[1]);
	faults += missing_rows(argv[1]);
	/* The table itself could lose a line together with policy/: Xen's totals. */
	if (count("class") != 13 || count("perm") != 177 || count("sid") != 13) {
		fprintf(stderr, "%zu classes, %zu permissions, %zu initial SIDs, not 13, 177, 13\n", count("class"),
			count("perm"), count("sid"));
		faults++;
	}
	printf("numbers: %zu compared, %u differ\n", ARRAY_SIZE(numbers), faults);
	return faults ? 1 : 0;
}
