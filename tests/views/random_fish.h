/* Causes by chance, the same for the same seed: for the tests of the fishbone. Each text begins with
 * a token of its own ("q0123"), so that a picture can be counted. */
#ifndef TESTS_VIEWS_RANDOM_FISH_H
#define TESTS_VIEWS_RANDOM_FISH_H

#include "tests/views/scene.h"

static uint64_t seed;

static inline unsigned
rnd(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((seed >> 33) % n);
}

/* Text for the tail of a cause; its beginning is a token that can be counted. */
static const char *const tails[] = { "", " short",
	" a text of some words that has to be cut somewhere or wrapped",
	" 冷たいキーが同時に失効した 全部 キャッシュ", " עגלת הקניות ריקה ואין מפסק",
	" é́́ combining̷ mar̷ks̷", " Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
	" 👩‍🚀🚀🔥" };

static inline struct item *
raw_add(enum kind kind, uint64_t n, const char *order)
{
	struct item *it = item_new(kind, id_make(n));

	free(it->order);
	it->order = mem_dup(order);
	it->number = (int64_t)n;
	return it;
}

/* A debrief of its own making: `tops` causes over `categories`, whys up to four deep. */
static inline struct debrief *
random_debrief(unsigned categories, unsigned tops)
{
	struct debrief *d = debrief_new(id_make(1));
	uint64_t n = 100;
	char order[32];

	d->title = mem_dup("Random");
	for (unsigned i = 0; i < categories; i++) {
		struct category *c;
		snprintf(order, sizeof order, "h%03u00", i);
		c = (struct category *)raw_add(KIND_CATEGORY, n++, order);
		c->name = mem_fmt("Cat%u%s", i, rnd(3) ? "" : tails[rnd(8)]);
		c->level = (int)rnd(4);
		debrief_put(d, KIND_CATEGORY, &c->item);
	}
	for (unsigned i = 0; i < tops; i++) {
		struct id parent = { "" };
		unsigned depth = rnd(4) ? 0 : rnd(5);
		for (unsigned k = 0; k <= depth; k++) {
			struct cause *c;
			snprintf(order, sizeof order, "i%04u00", (unsigned)n);
			c = (struct cause *)raw_add(KIND_CAUSE, n, order);
			c->text = mem_fmt("q%04u%s", (unsigned)n++, tails[rnd(8)]);
			c->votes = k == 0 && rnd(2) ? (int64_t)rnd(30) : 0;
			c->category =
			    categories ? id_make(100 + rnd(categories)) : (struct id){ "" };
			if (k > 0)
				c->category = (struct id){ "" };
			c->parent = parent;
			parent = c->item.id;
			debrief_put(d, KIND_CAUSE, &c->item);
		}
	}
	debrief_sort(d, KIND_CATEGORY);
	debrief_sort(d, KIND_CAUSE);
	return d;
}

static inline struct scene
scene_of(const struct debrief *d, const struct zone *zone)
{
	return (struct scene){ .d = d, .name = "x", .me = "fern", .zone = zone, .live = true };
}

#endif
