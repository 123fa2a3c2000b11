/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/oom/reasons.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>

/* "SECTION: REASON" up to the first quotation or digit. */
static void summarise(const struct image_error *error, char *out, size_t size)
{
	size_t words = strcspn(error->reason, "`0123456789");

	snprintf(out, size, "%s: %.*s", error->section ? error->section : "-", (int)words, error->reason);
}

void reasons_add(struct reasons *reasons, const struct image_error *error)
{
	char text[sizeof(reasons->list[0].text)];
	uint32_t i = 0;

	summarise(error, text, sizeof(text));
	while (i < reasons->count && strcmp(reasons->list[i].text, text))
		i++;
	if (i == REASONS_MAX)
		errx(1, "more than %u reasons", REASONS_MAX);
	if (i == reasons->count) {
		memcpy(reasons->list[i].text, text, sizeof(text));
		reasons->count++;
	}
	reasons->list[i].count++;
}

void reasons_print(const struct reasons *reasons)
{
	for (uint32_t i = 0; i < reasons->count; i++)
		printf("  %6" PRIu64 "  %s\n", reasons->list[i].count, reasons->list[i].text);
}
