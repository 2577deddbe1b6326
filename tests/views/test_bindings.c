/* The table of keys: one key, one verb in a pane; hints name only what the table has. */
#include "tests/views/scene.h"
#include "tui/edit.h"
#include "views/modal.h"
#include "views/words.h"

static bool
for_view(const struct binding *b, const struct view *v)
{
	struct buf all = { 0 }, one = { 0 };
	bool found;

	if (b->panes == NULL)
		return true;
	buf_addf(&all, " %s ", b->panes);
	buf_addf(&one, " %s ", v->name);
	found = strstr(all.data, one.data) != NULL;
	buf_fini(&all);
	buf_fini(&one);
	return found;
}

static void
test_one_key_one_verb(void **state)
{
	(void)state;
	for (size_t v = 0; v < n_views; v++)
		for (size_t i = 0; i < n_bindings; i++)
			for (size_t k = 0; k < i; k++)
				if (for_view(&bindings[i], views[v]) &&
				    for_view(&bindings[k], views[v]))
					assert_string_not_equal(bindings[i].key, bindings[k].key);
}

static void
test_keys_are_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_bindings; i++) {
		struct key k;
		char name[32];
		assert_true(key_parse(bindings[i].key, &k));
		key_name(&k, name);
		assert_string_equal(name, bindings[i].key);
		assert_true(bindings[i].verb > DO_NOTHING && bindings[i].verb < N_VERBS);
		for (size_t v = 0; v < n_views; v++)
			if (for_view(&bindings[i], views[v]))
				assert_int_equal(binding_verb(views[v], &k), bindings[i].verb);
	}
}

static void
test_panes_exist(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_bindings; i++) {
		struct strs panes = { 0 };
		struct err e;
		if (bindings[i].panes == NULL)
			continue;
		assert_true(words_split(bindings[i].panes, &panes, &e));
		for (size_t k = 0; k < panes.n; k++) {
			assert_non_null(view_find(panes.v[k]));
			assert_string_equal(view_find(panes.v[k])->name, panes.v[k]);
		}
		strs_fini(&panes);
	}
}

static void
test_hints_are_in_the_table(void **state)
{
	(void)state;
	for (size_t v = 0; v < n_views; v++)
		for (const enum verb_of_key *h = views[v]->hints; *h != DO_NOTHING; h++) {
			const struct binding *b = binding_of(views[v], *h);
			assert_non_null(b);
			assert_non_null(b->word);
			assert_true(for_view(b, views[v]));
		}
}

/* Whole hints, within the width, `?` at the end. */
static void
test_hints_fit(void **state)
{
	(void)state;
	for (size_t v = 0; v < n_views; v++)
		for (int cols = 4; cols < 320; cols++) {
			struct buf b = { 0 };
			const char *help;
			binding_hints(views[v], views[v]->hints, NULL, cols, &b);
			assert_true(text_width(b.data, b.len) <= cols);
			help = strrchr(b.data, '?');
			assert_non_null(help);
			assert_true(strcmp(help, "?") == 0 || strcmp(help, "? help") == 0);
			buf_fini(&b);
		}
}

/* The keys of the entry line: no letter but the colon, each pane has the same few. */
static void
test_simple_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_simple_bindings; i++) {
		struct key k;
		assert_true(key_parse(simple_bindings[i].key, &k));
		assert_true(k.code != KEY_CHAR || k.cp == ':');
		assert_non_null(simple_bindings[i].note);
	}
	for (size_t v = 0; v < n_views; v++)
		for (int cols = 0; cols < 200; cols++) {
			struct buf b = { 0 };
			int tabs = 0;
			binding_simple_hints(views[v], cols % 2 == 0, cols, &b);
			assert_true(b.len == 0 || text_width(b.data, b.len) <= cols);
			for (size_t i = 0; i < n_simple_bindings; i++)
				tabs += strcmp(simple_bindings[i].key, "tab") == 0 &&
					binding_is_for(&simple_bindings[i], views[v]);
			assert_int_equal(tabs, 1);
			buf_fini(&b);
		}
}

/* In the tables of editors, lists and questions too: one key, one meaning, and a key's name is what
 * the decoder calls it. */
static void
test_modal_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_modal_keys; i++) {
		const struct modal_key *m = &modal_keys[i];
		struct key k;
		char name[32];
		for (size_t j = 0; j < i; j++)
			if (modal_keys[j].modal == m->modal)
				assert_string_not_equal(modal_keys[j].key, m->key);
		if (m->act == DOES_NONE) { /* digits, for the hint line */
			assert_int_equal(strspn(m->key, "123456789-"), strlen(m->key));
			continue;
		}
		assert_true(key_parse(m->key, &k));
		key_name(&k, name);
		assert_string_equal(name, m->key);
		assert_int_equal(modal_act(m->modal, &k), m->act);
	}
}

/* Whole hints within the width; each is a row of the table. */
static void
test_modal_hints(void **state)
{
	(void)state;
	for (int m = 0; m < N_MODALS; m++)
		for (int cols = 0; cols < 160; cols++) {
			struct buf b = { 0 };
			modal_hints((enum modal)m, cols, &b);
			assert_true(b.len == 0 || text_width(b.data, b.len) <= cols);
			buf_fini(&b);
		}
}

/* What the table says of the editors' own keys is what the editor does. */
static void
test_editing_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_modal_keys; i++) {
		const struct modal_key *m = &modal_keys[i];
		struct strs before = { 0 };
		struct edit *e;
		struct key k;
		if (m->modal > MODAL_COMMAND || m->act == DOES_NONE || m->act == DOES_DOWN ||
		    m->act == DOES_COMPLETE)
			continue;
		e = edit_new("some words here", m->modal == MODAL_TEXT, 1000);
		strs_add(&before, "earlier");
		if (m->modal != MODAL_TEXT)
			edit_history(e, &before);
		assert_true(key_parse(m->key, &k));
		switch (edit_key(e, &k)) {
		case EDIT_DONE: assert_int_equal(m->act, DOES_DO); break;
		case EDIT_CANCEL: assert_int_equal(m->act, DOES_CLOSE); break;
		case EDIT_MORE: assert_true(m->act == DOES_EDIT || m->act == DOES_PROGRAM); break;
		default: fail_msg("%s is no key of the editor", m->key);
		}
		edit_free(e);
		strs_fini(&before);
	}
}

static enum verb_of_key
verb_of_char(const struct view *v, const char *text)
{
	struct key k;

	assert_true(key_parse(text, &k));
	return binding_verb(v, &k);
}

static void
test_other_keyboards(void **state)
{
	(void)state;
	assert_int_equal(verb_of_char(&view_fishbone, "ф"), DO_ADD);
	assert_int_equal(verb_of_char(&view_fishbone, "ц"), DO_WHY);
	assert_int_equal(verb_of_char(&view_fishbone, "Я"), DO_ZOOM_IN);
	assert_int_equal(verb_of_char(&view_fishbone, "α"), DO_ADD);
	assert_int_equal(verb_of_char(&view_fishbone, "ש"), DO_ADD);
	assert_int_equal(verb_of_char(&view_timeline, "е"), DO_TIME);
	assert_int_equal(verb_of_char(&view_fishbone, "漢"), DO_NOTHING);
	assert_int_equal(verb_of_char(&view_fishbone, "F1"), DO_HELP);
	assert_int_equal(verb_of_char(&view_fishbone, "F4"), DO_PANE_3);
	assert_int_equal(verb_of_char(&view_fishbone, "ctrl-a"), DO_NOTHING);
	assert_int_equal(verb_of_char(&view_fishbone, "alt-a"), DO_NOTHING);
}

static void
test_views(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_views; i++)
		for (size_t k = 0; k < i; k++)
			assert_true(views[i]->digit != views[k]->digit ||
				    views[i] == &view_run); /* a game day has it for the board */
	assert_ptr_equal(view_find("causes"), &view_fishbone);
	assert_ptr_equal(view_find("board"), &view_board);
	assert_null(view_find("ceiling"));
}

static void
test_words(void **state)
{
	struct buf b = { 0 };

	(void)state;
	for (int w = 0; w < N_WORDS; w++)
		assert_int_equal(utf8_valid(word((enum word)w), strlen(word((enum word)w))),
		    strlen(word((enum word)w)));
	word_put(&b, WORD_N_OF_N, "2", "3");
	assert_string_equal(b.data, "2 of 3");
	buf_clear(&b);
	word_count(&b, 1, WORD_CAUSE_1);
	buf_adds(&b, ", ");
	word_count(&b, 0, WORD_CAUSE_1);
	assert_string_equal(b.data, "1 cause, 0 causes");
	buf_fini(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_key_one_verb),
		cmocka_unit_test(test_keys_are_keys),
		cmocka_unit_test(test_panes_exist),
		cmocka_unit_test(test_hints_are_in_the_table),
		cmocka_unit_test(test_hints_fit),
		cmocka_unit_test(test_simple_keys),
		cmocka_unit_test(test_modal_keys),
		cmocka_unit_test(test_modal_hints),
		cmocka_unit_test(test_editing_keys),
		cmocka_unit_test(test_other_keyboards),
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_words),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
