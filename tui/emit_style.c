#include "tui/emit_style.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

_Static_assert(N_ROLES <= 16, "a style's index has four bits for the role");

void
emit_styles_init(struct emit_styles *s, const struct caps *caps, const struct theme *t)
{
	*s = (struct emit_styles){ .caps = caps, .theme = t };
}

void
emit_styles_fini(struct emit_styles *s)
{
	for (int i = 0; i < s->n_made; i++) {
		free(s->made[i]->text);
		free(s->made[i]);
	}
	s->n_made = 0;
	memset(s->of, 0, sizeof s->of);
}

/* One control sequence in place of several: "ESC[0m ESC[1m" is "ESC[0;1m". */
static void
join(struct buf *b)
{
	struct buf one = { 0 };

	for (const char *p = b->data; *p != '\0';) {
		size_t n = strncmp(p, "\033[", 2) == 0 ? strspn(p + 2, "0123456789;:") : 0;
		if (strncmp(p, "\033[", 2) != 0 || p[2 + n] != 'm') {
			buf_fini(&one);
			return; /* another kind of terminal */
		}
		buf_adds(&one, one.len > 0 ? ";" : "\033[");
		buf_add(&one, n > 0 ? p + 2 : "0", n > 0 ? n : 1);
		p += 2 + n + 1;
	}
	if (one.len == 0)
		return;
	buf_addc(&one, 'm');
	buf_fini(b);
	*b = one;
}

static void
add(struct buf *out, const char *text)
{
	if (text != NULL)
		buf_adds(out, text);
}

static char *
text_of(const struct caps *caps, const struct look *l)
{
	struct buf b = { 0 };

	buf_adds(&b, "");
	add(&b, caps->off);
	if (l->attrs & STYLE_BOLD)
		add(&b, caps->bold);
	if (l->attrs & STYLE_DIM)
		add(&b, caps->dim);
	if (l->attrs & STYLE_UNDERLINE)
		add(&b, caps->underline);
	if (l->attrs & STYLE_REVERSE)
		add(&b, caps->reverse);
	if (l->fg >= 0 && caps->colors > 0)
		caps->color(caps->ctx, &b, false, l->fg);
	if (l->bg >= 0 && caps->colors > 0)
		caps->color(caps->ctx, &b, true, l->bg);
	join(&b);
	return buf_take(&b);
}

const struct emit_look *
emit_look_of(struct emit_styles *s, int style)
{
	int at = (style & 0xf) | (style >> 4 & 0xf0);
	struct emit_look made;
	struct look l;

	if (s->of[at] != NULL)
		return s->of[at];
	l = theme_look(s->theme, style);
	made.text = text_of(s->caps, &l);
	made.clear =
	    (l.bg < 0 || s->caps->colors == 0) && !(l.attrs & (STYLE_REVERSE | STYLE_UNDERLINE));
	for (int i = 0; i < s->n_made; i++)
		if (strcmp(s->made[i]->text, made.text) == 0 && s->made[i]->clear == made.clear) {
			free(made.text);
			return s->of[at] = s->made[i];
		}
	assert(s->n_made < EMIT_STYLES);
	s->made[s->n_made] = mem_zero(1, sizeof made);
	*s->made[s->n_made] = made;
	return s->of[at] = s->made[s->n_made++];
}
