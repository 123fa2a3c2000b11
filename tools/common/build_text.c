/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/common/build_text.h"

#include "tools/common/output.h"

#include <stdlib.h>

void build_start(struct build_text *text)
{
	text->out = open_memstream(&text->bytes, &text->size);
	if (!text->out)
		out_of_memory();
}

/* Copied, because the stream's buffer is of some pages and does not shrink well; strings are kept by the thousand. */
char *build_finish(struct build_text *text)
{
	char *exact;

	if (fclose(text->out))
		out_of_memory();
	exact = allocate(text->size + 1, 1);
	memcpy(exact, text->bytes, text->size);
	free(text->bytes);
	return exact;
}
