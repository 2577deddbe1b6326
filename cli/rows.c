#include "cli/rows.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/schema.h"

enum { NUMBER_COLS = 4, DATE_COLS = 10, STATUS_COLS = 8, OWNER_COLS = 16, TEXT_COLS = 400 };

void
row_clean(const char *text, struct buf *out)
{
	text_clean(out, text, strlen(text), TEXT_LINE);
}

void
row_text(const char *text, struct buf *out)
{
	struct buf clean = { 0 };
	size_t fits;

	row_clean(text, &clean);
	fits = clean.len > 0 ? text_fit(clean.data, clean.len, TEXT_COLS, NULL) : 0;
	if (fits > 0)
		buf_add(out, clean.data, fits);
	if (fits < clean.len)
		buf_adds(out, " ...");
	buf_fini(&clean);
}

void
row_column(const char *text, int cols, struct buf *out)
{
	int used = text_width(text, strlen(text));

	row_clean(text, out);
	buf_addf(out, "%*s", used < cols ? cols - used : 0, "");
	buf_adds(out, "  ");
}

void
row_action(const struct row_action *row, struct buf *out)
{
	const struct action *a = row->action;
	char day[TIME_TEXT], number[24];

	snprintf(number, sizeof number, "A%lld", (long long)a->item.number);
	row_column(row->name, ROW_NAME_COLS, out);
	row_column(number, NUMBER_COLS, out);
	row_column(a->due_day != TIME_NONE ? date_text(a->due_day, day) : "", DATE_COLS, out);
	row_column(row->overdue ? "overdue" : schema_field(KIND_ACTION, "status")->names[a->status],
	    STATUS_COLS, out);
	row_column(a->owner ? a->owner : "no owner", OWNER_COLS, out);
	row_text(a->text ? a->text : "", out);
	if (row->from != NULL) {
		buf_adds(out, "  (from ");
		row_clean(row->from, out);
		buf_addc(out, ')');
	}
	if (row->asks != NULL)
		buf_addf(out, "  (%s)", row->asks);
	buf_addc(out, '\n');
}
