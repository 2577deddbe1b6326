#include <stddef.h>
#include <string.h>

#include "model/merge_internal.h"

struct difference {
	const struct debrief *from, *to;
	struct buf *out;
};

static void
put_quoted(struct buf *out, const char *text)
{
	buf_addc(out, '"');
	for (; *text != '\0'; text++)
		buf_addc(out, *text == '\n' || *text == '\t' ? ' ' : *text);
	buf_addc(out, '"');
}

/* What people call an item: its text, name or title. */
static const char *
label_of(enum kind kind, const struct item *it)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		char *text;
		if (!f->required || (f->type != FIELD_TEXT && f->type != FIELD_LINE))
			continue;
		memcpy(&text, (const char *)it + f->offset, sizeof text);
		if (text != NULL)
			return text;
	}
	return "";
}

static void
put_reference(const struct debrief *d, const char *text, struct buf *out)
{
	enum kind kind = KIND_DEBRIEF;
	struct id id;
	const struct item *it =
	    text != NULL && id_parse(text, &id) ? debrief_any(d, id, &kind) : NULL;
	char name[24];

	if (it == NULL) {
		buf_adds(out, "nothing");
	} else if (it->number > 0) {
		item_short_name(d, kind, it, name);
		buf_adds(out, name);
	} else {
		put_quoted(out, label_of(kind, it));
	}
}

static void
put_value(const struct debrief *d, const struct item *it, const struct field *f, struct buf *out)
{
	struct value v = field_get(it, f);
	struct buf words = { 0 };

	if (f->type == FIELD_REF) {
		put_reference(d, v.text, out);
	} else {
		value_words(f, &v, &words);
		if (words.len == 0)
			buf_adds(out, "nothing");
		else if (f->type == FIELD_LINE || f->type == FIELD_TEXT)
			put_quoted(out, words.data);
		else
			buf_add(out, words.data, words.len);
	}
	buf_fini(&words);
	value_fini(&v);
}

/* What of a list is not in the other. */
struct rest {
	const char *verb;
	const struct debrief *d; /* in which references name something */
	const struct strs *list, *other;
};

/* "added payments, checkout". */
static void
put_rest(struct buf *out, const struct field *f, const struct rest *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->list->n; i++) {
		if (strs_has(r->other, r->list->v[i]))
			continue;
		buf_addf(out, "%s ", n++ == 0 ? r->verb : ",");
		if (f->type == FIELD_REFS)
			put_reference(r->d, r->list->v[i], out);
		else
			put_quoted(out, r->list->v[i]);
	}
}

static void
put_list_change(const struct difference *df, const struct field *f, const struct item *from,
    const struct item *to)
{
	struct value a = field_get(from, f), b = field_get(to, f);
	struct rest more = { "added", df->to, &b.list, &a.list },
		    less = { "removed", df->from, &a.list, &b.list };
	struct buf added = { 0 }, removed = { 0 };

	put_rest(&added, f, &more);
	put_rest(&removed, f, &less);
	if (added.len == 0 && removed.len == 0)
		buf_adds(df->out, "in another order");
	buf_add(df->out, added.data, added.len);
	if (added.len > 0 && removed.len > 0)
		buf_adds(df->out, ", ");
	buf_add(df->out, removed.data, removed.len);
	buf_fini(&added);
	buf_fini(&removed);
	value_fini(&a);
	value_fini(&b);
}

/* "event E17 " before what happened to it; nothing for the debrief itself. */
static void
put_name(
    const struct difference *df, const struct debrief *d, enum kind kind, const struct item *it)
{
	char name[24];

	if (kind == KIND_DEBRIEF)
		return;
	buf_addf(df->out, "%s ", schema_of(kind)->word);
	if (it->number == 0 && label_of(kind, it)[0] != '\0') {
		put_quoted(df->out, label_of(kind, it));
	} else {
		item_short_name(d, kind, it, name);
		buf_adds(df->out, name);
	}
	buf_addc(df->out, ' ');
}

static bool
is_list(const struct field *f)
{
	return f->type == FIELD_SET || f->type == FIELD_LIST || f->type == FIELD_REFS;
}

static void
field_words(const struct difference *df, enum kind kind, const struct field *f,
    const struct item *from, const struct item *to)
{
	put_name(df, df->to, kind, to);
	if (f->offset == offsetof(struct item, order)) {
		buf_adds(df->out, "moved\n");
		return;
	}
	if (f->offset == offsetof(struct item, redacted)) {
		buf_adds(df->out, to->redacted ? "redacted\n" : "no longer redacted\n");
		return;
	}
	buf_addf(df->out, "%s: ", f->name);
	if (is_list(f)) {
		put_list_change(df, f, from, to);
	} else {
		put_value(df->from, from, f, df->out);
		buf_adds(df->out, " -> ");
		put_value(df->to, to, f, df->out);
	}
	buf_addc(df->out, '\n');
}

static void
extra_words(
    const struct difference *df, enum kind kind, const struct item *from, const struct item *to)
{
	for (size_t i = 0; i < to->extra.n; i++) {
		const char *old = extras_get(&from->extra, to->extra.v[i].key);
		if (old != NULL && strcmp(old, to->extra.v[i].json) == 0)
			continue;
		put_name(df, df->to, kind, to);
		buf_addf(df->out, "%s: %s -> %s\n", to->extra.v[i].key,
		    old == NULL ? "nothing" : old, to->extra.v[i].json);
	}
	for (size_t i = 0; i < from->extra.n; i++) {
		if (extras_get(&to->extra, from->extra.v[i].key) != NULL)
			continue;
		put_name(df, df->to, kind, to);
		buf_addf(
		    df->out, "%s: %s -> nothing\n", from->extra.v[i].key, from->extra.v[i].json);
	}
}

static bool
is_news(const struct field *f)
{
	return !f->live && f->type != FIELD_ID && f->offset != offsetof(struct item, changed_ns);
}

static void
item_words(
    const struct difference *df, enum kind kind, const struct item *from, const struct item *to)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (is_news(&s->fields[i]) && !field_equal(from, to, &s->fields[i]))
			field_words(df, kind, &s->fields[i], from, to);
	extra_words(df, kind, from, to);
}

static void
whole_words(
    const struct difference *df, const struct debrief *d, enum kind kind, const struct item *it)
{
	const char *label = label_of(kind, it);

	put_name(df, d, kind, it);
	buf_adds(df->out, d == df->to ? "added" : "removed");
	if (it->number > 0 && label[0] != '\0') {
		buf_adds(df->out, ": ");
		put_quoted(df->out, label);
	}
	buf_addc(df->out, '\n');
}

void
difference_words(const struct debrief *from, const struct debrief *to, struct buf *out)
{
	struct difference df = { from, to, out };

	item_words(&df, KIND_DEBRIEF, &from->item, &to->item);
	for (int k = 1; k < N_KINDS; k++) {
		for (size_t i = 0; i < to->of[k].n; i++) {
			const struct item *it = to->of[k].v[i],
					  *old = debrief_find(from, (enum kind)k, it->id);
			if (old == NULL)
				whole_words(&df, to, (enum kind)k, it);
			else
				item_words(&df, (enum kind)k, old, it);
		}
		for (size_t i = 0; i < from->of[k].n; i++)
			if (debrief_find(to, (enum kind)k, from->of[k].v[i]->id) == NULL)
				whole_words(&df, from, (enum kind)k, from->of[k].v[i]);
	}
}

/* "3 events, 2 causes and 1 action" + " added", after what stands there already. */
static void
group_put(struct buf *out, const struct strs *parts, const char *verb)
{
	if (parts->n > 0 && out->len > 0)
		buf_adds(out, ", ");
	for (size_t i = 0; i < parts->n; i++)
		buf_addf(out, "%s%s",
		    i == 0		? ""
		    : i + 1 == parts->n ? " and "
					: ", ",
		    parts->v[i]);
	if (parts->n > 0)
		buf_addf(out, " %s", verb);
}

static void
part_add(struct strs *parts, const struct schema *s, size_t n)
{
	if (n > 0)
		strs_take(parts, mem_fmt("%zu %s", n, n == 1 ? s->word : s->plural));
}

static void
kind_counts(
    const struct debrief *from, const struct debrief *to, enum kind kind, struct strs parts[3])
{
	size_t added = 0, changed = 0, removed = 0;

	for (size_t i = 0; i < to->of[kind].n; i++) {
		const struct item *old = debrief_find(from, kind, to->of[kind].v[i]->id);
		added += old == NULL;
		changed += old != NULL && item_edited(kind, old, to->of[kind].v[i]);
	}
	for (size_t i = 0; i < from->of[kind].n; i++)
		removed += debrief_find(to, kind, from->of[kind].v[i]->id) == NULL;
	part_add(&parts[0], schema_of(kind), added);
	part_add(&parts[1], schema_of(kind), changed);
	part_add(&parts[2], schema_of(kind), removed);
}

/* The debrief's own fields, by name. */
static void
own_fields(const struct debrief *from, const struct debrief *to, struct strs *names)
{
	const struct schema *s = schema_of(KIND_DEBRIEF);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (is_news(f) && !field_equal(&from->item, &to->item, f))
			strs_add(names, f->name);
	}
	if (!extras_equal(&from->item.extra, &to->item.extra))
		strs_add(names, "other fields");
}

void
difference_counts(const struct debrief *from, const struct debrief *to, struct buf *out)
{
	static const char *const verbs[] = { "added", "changed", "removed" };
	struct strs parts[3] = { 0 }, own = { 0 };
	struct buf words = { 0 };

	for (int k = 1; k < N_KINDS; k++)
		kind_counts(from, to, (enum kind)k, parts);
	own_fields(from, to, &own);
	for (int i = 0; i < 3; i++)
		group_put(&words, &parts[i], verbs[i]);
	group_put(&words, &own, "changed");
	buf_adds(out, words.len == 0 ? "nothing" : words.data);
	for (int i = 0; i < 3; i++)
		strs_fini(&parts[i]);
	strs_fini(&own);
	buf_fini(&words);
}
