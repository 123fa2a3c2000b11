/* SPDX-License-Identifier: BSD-2-Clause */
#include "tools/audit/report.h"

#include "tools/common/build_text.h"
#include "tools/common/output.h"

#include <inttypes.h>
#include <stdlib.h>

#define COLUMN_MAX 48 /* a longer cell pushes its own line to the right, not all others */

enum { WHO, DID, TO, CELLS };

/* A row of the table: what is printed, owned, escaped. */
struct row {
	char *cells[CELLS];
	struct explanation explanation;
	size_t index;
	struct row *next_alike; /* the next row with the same advice */
	bool is_repeated;	/* an earlier row has the same advice */
};

/* The type of a context, or all of what is no context. */
static struct slice type_of(const char *context)
{
	const char *role = strchr(context, ':'), *type = role ? strchr(role + 1, ':') : NULL;

	if (!type)
		return (struct slice){context, strlen(context)};
	return (struct slice){type + 1, strcspn(type + 1, ":")};
}

static void put(FILE *out, const char *text)
{
	put_escaped(out, text, strlen(text));
}

/* "d3 domU_t", with what stands between, as far as the message has it. */
static char *end_cell(const char *domain, const char *what, const char *context)
{
	struct slice type = type_of(context);
	struct build_text cell;

	build_start(&cell);
	put(cell.out, domain);
	fputs(domain[0] ? " " : "", cell.out);
	put(cell.out, what);
	fputs(what[0] ? " " : "", cell.out);
	put_escaped(cell.out, type.text, type.len);
	return build_finish(&cell);
}

/* "grant { map_read } map_grant_ref". */
static char *did_cell(const struct group *group)
{
	const char *dot = strchr(group->op, '.');
	struct build_text cell;
	uint32_t i;

	build_start(&cell);
	put(cell.out, group->tclass);
	fputs(group->nperms ? " {" : " null", cell.out);
	for (i = 0; i < group->nperms; i++) {
		putc(' ', cell.out);
		put(cell.out, group->perms[i]);
	}
	fputs(group->nperms ? " }" : "", cell.out);
	fputs(group->op[0] ? " " : "", cell.out);
	put(cell.out, dot ? dot + 1 : group->op);
	return build_finish(&cell);
}

static struct row make_row(const struct group *group, size_t index, const struct policy_file *file,
			   const struct neverallows *never)
{
	return (struct row){
	    .cells = {end_cell(group->who, "", group->scontext), did_cell(group),
		      end_cell(group->to, group->what, group->tcontext)},
	    .explanation = explain(file, never, group),
	    .index = index,
	};
}

static void free_row(struct row *row)
{
	int i;

	for (i = 0; i < CELLS; i++)
		free(row->cells[i]);
	explanation_free(&row->explanation);
}

static int column_width(const struct row *rows, size_t count, int cell, int title)
{
	size_t width = (size_t)title, len, i;

	for (i = 0; i < count; i++) {
		len = strlen(rows[i].cells[cell]);
		if (len > width && len <= COLUMN_MAX)
			width = len;
	}
	return (int)width;
}

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void put_summary(const struct tally *tally)
{
	uint64_t messages = tally->items[LOG_MESSAGE], unknown = tally->items[LOG_UNKNOWN];
	size_t denied = 0, granted, i;

	for (i = 0; i < tally->groups.count; i++)
		denied += tally->groups.items[i]->denied;
	granted = tally->groups.count - denied;
	printf(" %zu kind%s of denial, ", denied, plural(denied));
	if (granted)
		printf("%zu of grant, ", granted);
	printf("%" PRIu64 " message%s", messages, plural(messages));
	if (tally->first_time) {
		fputs(", ", stdout);
		put(stdout, tally->first_time);
		fputs(" - ", stdout);
		put(stdout, tally->last_time);
	}
	if (unknown)
		printf("; %" PRIu64 " line%s not understood (--unknown shows %s)", unknown, plural(unknown),
		       unknown == 1 ? "it" : "them");
	putchar('\n');
}

/* What the mode did, then the reasons of the policy; nothing when neither is known. */
static void put_why(const struct group *group, const char *why)
{
	const char *verdict = "";

	if (!group->denied)
		verdict = "granted";
	else if (group->permissive)
		verdict = "permissive: let through";
	if (verdict[0] || why[0])
		printf("  %s%s", verdict, !verdict[0] || !why[0] ? "" : group->denied ? "; " : ": ");
	put(stdout, why);
	putchar('\n');
}

static void put_table(const struct tally *tally, const struct row *rows)
{
	size_t count = tally->groups.count, i;
	int who = column_width(rows, count, WHO, 3), did = column_width(rows, count, DID, 3);
	int to = column_width(rows, count, TO, 2);

	printf("\n  %3s  %-*s  %-*s  %-*s  %5s  %s\n", "#", who, "who", did, "did", to, "to", "times", "why");
	for (i = 0; i < count; i++) {
		printf("  %3zu  %-*s  %-*s  %-*s  %5" PRIu64, i + 1, who, rows[i].cells[WHO], did, rows[i].cells[DID],
		       to, rows[i].cells[TO], tally->groups.items[i]->count);
		put_why(tally->groups.items[i], rows[i].explanation.why);
	}
}

static int by_advice(const void *a, const void *b)
{
	const struct row *left = *(struct row *const *)a, *right = *(struct row *const *)b;
	int order = strcmp(left->explanation.advice, right->explanation.advice);

	return order ? order : (left->index > right->index) - (left->index < right->index);
}

/* Chains the rows that give the same advice, so that it is given once. */
static void chain_alike(struct row *rows, size_t count)
{
	struct row **sorted = allocate(count, sizeof(struct row *));
	size_t i;

	for (i = 0; i < count; i++)
		sorted[i] = &rows[i];
	if (count)
		qsort(sorted, count, sizeof(struct row *), by_advice);
	for (i = 1; i < count; i++)
		if (!strcmp(sorted[i - 1]->explanation.advice, sorted[i]->explanation.advice)) {
			sorted[i - 1]->next_alike = sorted[i];
			sorted[i]->is_repeated = true;
		}
	free(sorted);
}

/* "1, 4": the rows that share an advice. */
static void put_numbers(const struct row *row)
{
	printf("  %3zu", row->index + 1);
	while ((row = row->next_alike))
		printf(", %zu", row->index + 1);
}

/* The first line stands behind the numbers. */
static void put_lines(const char *lines)
{
	const char *line;

	for (line = lines; *line; line += strcspn(line, "\n") + 1) {
		printf("%*s", line == lines ? 2 : 7, "");
		put_escaped(stdout, line, strcspn(line, "\n"));
		putchar('\n');
	}
}

static void put_advice(const struct row *rows, size_t count)
{
	bool first = true;
	size_t i;

	for (i = 0; i < count; i++) {
		if (!rows[i].explanation.advice[0] || rows[i].is_repeated)
			continue;
		fputs(first ? "\n" : "", stdout);
		first = false;
		put_numbers(&rows[i]);
		put_lines(rows[i].explanation.advice);
	}
}

static void put_notices(const struct tally *tally)
{
	const char *advice;
	bool first = true;
	int i;

	for (i = 0; i < NOTICE_KINDS; i++) {
		if (!tally->notices[i])
			continue;
		printf("%s  %5" PRIu64 "  %s: \"", first ? "\n  other lines of Flask\n" : "", tally->notices[i],
		       log_notice_meaning((enum notice)i));
		put(stdout, tally->notice_text[i]);
		fputs("\"\n", stdout);
		advice = log_notice_advice((enum notice)i);
		if (advice)
			printf("         %s\n", advice);
		first = false;
	}
}

static void put_accounts(const struct tally *tally)
{
	static const char *const names[LOG_KINDS] = {
	    [LOG_MESSAGE] = "in messages",	    [LOG_NOTICE] = "other lines of Flask",
	    [LOG_GUEST] = "imitated by a guest",    [LOG_UNKNOWN] = "not understood",
	    [LOG_UNRELATED] = "about other things",
	};
	const char *separator = "";
	uint64_t total = 0;
	int i;

	for (i = 0; i < LOG_KINDS; i++)
		total += tally->lines[i];
	printf("\n %" PRIu64 " line%s read%s", total, plural(total), total ? ": " : "");
	for (i = 0; i < LOG_KINDS; i++)
		if (tally->lines[i]) {
			printf("%s%" PRIu64 " %s", separator, tally->lines[i], names[i]);
			separator = ", ";
		}
	putchar('\n');
}

void report(const struct tally *tally, const struct policy_file *file, const struct neverallows *never)
{
	size_t count = tally->groups.count, i;
	struct row *rows = allocate(count, sizeof(*rows));

	for (i = 0; i < count; i++)
		rows[i] = make_row(tally->groups.items[i], i, file, never);
	chain_alike(rows, count);
	put_summary(tally);
	if (count)
		put_table(tally, rows);
	put_advice(rows, count);
	put_notices(tally);
	if (never && never->refused)
		printf(
		    "\n %zu neverallow statement%s of the source not understood: a suggested rule may be forbidden\n",
		    never->refused, plural(never->refused));
	if (count && !file)
		printf("\n --policy FILE tells why, and what would change it\n");
	put_accounts(tally);
	for (i = 0; i < count; i++)
		free_row(&rows[i]);
	free(rows);
}
