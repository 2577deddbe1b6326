/* What goes out of a connection: own bytes and shared ones arrive as they were put, however small
 * the sips. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "live/stream.h"

enum { READERS = 5, SEED = 11 };

struct reader {
	struct stream s;
	int fd;
	struct buf want, got;
};
struct many {
	struct sheet *sheet;
	struct reader v[READERS];
	uint64_t dice;
	size_t lines;
};

static unsigned
roll(struct many *m, unsigned sides)
{
	m->dice = m->dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(m->dice >> 33) % sides;
}

static void
many_begin(struct many *m)
{
	*m = (struct many){ .dice = SEED };
	for (size_t i = 0; i < READERS; i++) {
		int ends[2], size = 4096;
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
		setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
		fcntl(ends[1], F_SETFL, O_NONBLOCK);
		stream_init(&m->v[i].s, ends[0]);
		m->v[i].fd = ends[1];
	}
}

static void
many_end(struct many *m)
{
	for (size_t i = 0; i < READERS; i++) {
		stream_close(&m->v[i].s);
		close(m->v[i].fd);
		buf_fini(&m->v[i].want);
		buf_fini(&m->v[i].got);
	}
	if (m->sheet != NULL)
		assert_int_equal(m->sheet->refs, 1); /* nobody holds on to anything */
	sheet_drop(m->sheet);
}

static void
put_line(struct many *m, struct buf *line)
{
	unsigned len = roll(m, 20) == 0 ? 30000 : 1 + roll(m, 300);

	buf_clear(line);
	buf_addf(line, "%zu:", m->lines++);
	while (line->len < len)
		buf_addc(line, (char)('a' + roll(m, 26)));
	buf_addc(line, '\n');
}

static void
put_for_one(struct many *m, struct reader *r, const struct buf *line)
{
	(void)m;
	buf_add(&r->s.out, line->data, line->len);
	buf_add(&r->want, line->data, line->len);
}

static void
put_for_all(struct many *m, const struct buf *line, unsigned but)
{
	struct sheet_part what = sheet_put(&m->sheet, line->data, line->len);

	for (size_t i = 0; i < READERS; i++)
		if (i != but) {
			stream_share(&m->v[i].s, &what);
			buf_add(&m->v[i].want, line->data, line->len);
		}
}

static void
sip(struct reader *r, size_t most)
{
	char bytes[4096];
	ssize_t n = recv(r->fd, bytes, most < sizeof bytes ? most : sizeof bytes, MSG_DONTWAIT);

	if (n > 0)
		buf_add(&r->got, bytes, (size_t)n);
}

static void
drink_all(struct reader *r)
{
	for (int i = 0; i < 100000 && (stream_backlog(&r->s) > 0 || r->got.len < r->want.len);
	     i++) {
		assert_true(stream_flush(&r->s));
		sip(r, 4096);
	}
	assert_int_equal(r->got.len, r->want.len);
	assert_memory_equal(r->got.data, r->want.data, r->want.len);
}

static void
what_is_put_arrives_in_order(void **state)
{
	struct many m;
	struct buf line = { 0 };

	(void)state;
	many_begin(&m);
	for (int i = 0; i < 4000; i++) {
		struct reader *r = &m.v[roll(&m, READERS)];
		put_line(&m, &line);
		if (roll(&m, 3) == 0)
			put_for_one(&m, r, &line);
		else
			put_for_all(&m, &line, roll(&m, 2 * READERS));
		if (roll(&m, 2) == 0)
			assert_true(stream_flush(&m.v[roll(&m, READERS)].s));
		/* The last is slow, so that sheets pile up behind it. */
		sip(&m.v[roll(&m, READERS - 1)], 1 + roll(&m, 4000));
		if (roll(&m, 20) == 0)
			sip(&m.v[READERS - 1], 100);
		assert_int_equal(stream_backlog(&r->s) + r->got.len <= r->want.len, 1);
	}
	for (size_t i = 0; i < READERS; i++)
		drink_all(&m.v[i]);
	many_end(&m);
	buf_fini(&line);
}

/* Those who keep up cost one sheet, used again and again. */
static void
who_keeps_up_costs_one_sheet(void **state)
{
	struct many m;
	struct buf line = { 0 };
	struct sheet *first;

	(void)state;
	many_begin(&m);
	buf_adds(&line, "a line for everybody\n");
	put_for_all(&m, &line, READERS);
	first = m.sheet;
	for (int i = 0; i < 20000; i++) {
		for (size_t k = 0; k < READERS; k++)
			drink_all(&m.v[k]);
		for (size_t k = 0; k < READERS; k++)
			buf_clear(&m.v[k].want), buf_clear(&m.v[k].got);
		put_for_all(&m, &line, READERS);
	}
	assert_ptr_equal(m.sheet, first);
	assert_true(m.sheet->bytes.len == line.len);
	for (size_t k = 0; k < READERS; k++)
		drink_all(&m.v[k]);
	many_end(&m);
	buf_fini(&line);
}

/* After a cut whole lines have gone out, and one more can follow. */
static void
a_cut_leaves_whole_lines(void **state)
{
	struct many m;
	struct buf line = { 0 };

	(void)state;
	for (unsigned turn = 0; turn < 60; turn++) {
		struct reader *r;
		many_begin(&m);
		m.dice += turn;
		r = &m.v[0];
		for (int i = 0; i < 40; i++) {
			put_line(&m, &line);
			if (roll(&m, 2) == 0)
				put_for_one(&m, r, &line);
			else
				put_for_all(&m, &line, READERS);
			assert_true(stream_flush(&r->s));
			sip(r, roll(&m, 300));
		}
		stream_cut(&r->s);
		buf_adds(&r->s.out, "bye\n");
		for (int i = 0; i < 10000 && stream_backlog(&r->s) > 0; i++) {
			assert_true(stream_flush(&r->s));
			sip(r, 4096);
		}
		for (int i = 0; i < 100; i++)
			sip(r, 4096);
		assert_true(r->got.len > 4 && r->got.len <= r->want.len + 4);
		assert_memory_equal(r->got.data + r->got.len - 4, "bye\n", 4);
		assert_memory_equal(r->got.data, r->want.data, r->got.len - 4);
		assert_true(r->got.len == 4 || r->got.data[r->got.len - 5] == '\n');
		for (size_t i = 1; i < READERS; i++)
			drink_all(&m.v[i]);
		many_end(&m);
	}
	buf_fini(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_arrives_in_order),
		cmocka_unit_test(who_keeps_up_costs_one_sheet),
		cmocka_unit_test(a_cut_leaves_whole_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
