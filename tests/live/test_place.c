/* Where a host is found by others: the shared folder, the note beside the socket, and what is wrong
 * with a folder in which others could swap them. */
#include "tests/live/world.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <sys/wait.h>

#include "live/host_internal.h"
#include "live/place_internal.h"

struct shared {
	struct world w;
	char *run;
	char group[64];
};

static int
begin(void **state)
{
	struct shared *s = mem_zero(1, sizeof *s);
	const struct group *g = getgrgid(getegid());

	assert_non_null(g);
	snprintf(s->group, sizeof s->group, "%s", g->gr_name);
	world_begin(&s->w);
	s->run = mem_fmt("%s/run", s->w.home);
	assert_int_equal(mkdir(s->run, 0750), 0);
	assert_int_equal(chmod(s->run, 0750), 0);
	setenv("DEBRIEF_RUNDIR", s->run, 1);
	*state = s;
	return 0;
}

static int
end(void **state)
{
	struct shared *s = *state;

	unsetenv("DEBRIEF_RUNDIR");
	free(s->run);
	world_end(&s->w);
	free(s);
	return 0;
}

static void
share(struct shared *s)
{
	struct err e = { 0 };

	OKAY(e, place_share(&s->w.place, s->w.repo, s->group, &e));
}

static void
is_refused(struct shared *s, const char *group, const char *words)
{
	struct err e = { 0 };

	assert_false(place_share(&s->w.place, s->w.repo, group, &e));
	if (strstr(e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, e.text);
	assert_non_null(strstr(e.text, ": nothing was shared: "));
}

static void
the_socket_is_the_groups(void **state)
{
	struct shared *s = *state;
	struct stat st;

	share(s);
	world_host(&s->w, NULL);
	assert_int_equal(strncmp(s->w.place.socket, s->run, strlen(s->run)), 0);
	assert_int_equal(lstat(s->w.place.socket, &st), 0);
	assert_true(S_ISSOCK(st.st_mode));
	assert_int_equal(st.st_mode & 07777, 0660);
	assert_int_equal(st.st_gid, getegid());
	assert_int_equal(lstat(s->w.place.live_file, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(st.st_gid, getegid());
	client_free(world_join(&s->w, "lena", NULL, NULL));
	world_unhost(&s->w);
	assert_int_equal(access(s->w.place.socket, F_OK), -1);
	assert_int_equal(access(s->w.place.live_file, F_OK), -1);
}

static void
the_note_says_whose_it_is(void **state)
{
	struct shared *s = *state;
	struct buf b = { 0 };
	struct err e = { 0 };
	char *text = mem_fmt("%ld\n%s\n%s\n%lu\n", (long)getpid(), s->w.place.name, s->w.place.id.s,
	    (unsigned long)geteuid());

	share(s);
	world_host(&s->w, NULL);
	OKAY(e, buf_read_file(&b, s->w.place.live_file, 4096, &e));
	assert_string_equal(b.data, text);
	free(text);
	buf_fini(&b);
}

static void
git_config_shares_it_too(void **state)
{
	struct shared *s = *state;
	char *command = mem_fmt(
	    "git config debrief.share '%s' && git config debrief.rundir '%s'", s->group, s->run);
	struct place p = { 0 };
	struct err e = { 0 };

	unsetenv("DEBRIEF_RUNDIR");
	world_shell(&s->w, command);
	OKAY(e, place_of(s->w.repo, &s->w.entry, &p, &e));
	assert_string_equal(p.share, s->group);
	assert_int_equal(strncmp(p.socket, s->run, strlen(s->run)), 0);
	OKAY(e, place_share(&p, s->w.repo, "none", &e));
	assert_null(p.share);
	assert_null(p.live_file);
	assert_string_equal(p.socket, s->w.place.socket);
	place_fini(&p);
	free(command);
}

/* Killed, not ended: whoever was in it can come back. */
static void
the_next_host_shares_as_the_last_one_did(void **state)
{
	struct shared *s = *state;
	struct place p = { 0 };
	struct err e = { 0 };

	share(s);
	world_host(&s->w, NULL);
	world_unhost(&s->w);
	OKAY(e, place_of(s->w.repo, &s->w.entry, &p, &e));
	assert_string_equal(p.share, s->group);
	assert_string_equal(p.socket, s->w.place.socket);
	place_fini(&p);
	/* But not into a folder that is no good any more. */
	chmod(s->run, 0770);
	OKAY(e, place_of(s->w.repo, &s->w.entry, &p, &e));
	assert_null(p.share);
	place_fini(&p);
}

static void
a_folder_where_others_could_swap_it_is_refused(void **state)
{
	struct shared *s = *state;

	assert_int_equal(chmod(s->run, 0770), 0);
	is_refused(s, s->group, "others could swap the socket");
	assert_int_equal(chmod(s->run, 02777), 0);
	is_refused(s, s->group, "others could swap the socket");
	assert_int_equal(chmod(s->run, 0700), 0);
	is_refused(s, s->group, "cannot enter the folder");
	assert_int_equal(chmod(s->run, 01777), 0);
	share(s);
	assert_int_equal(chmod(s->w.home, 0777), 0);
	is_refused(s, s->group, "others could swap the socket");
	assert_int_equal(chmod(s->w.home, 0700), 0);
}

static void
a_folder_of_another_account_is_refused(void **state)
{
	struct shared *s = *state;

	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(s->run, 1, (gid_t)-1), 0);
	is_refused(s, s->group, "belongs to another account");
}

static void
no_folder_and_no_group_are_said(void **state)
{
	struct shared *s = *state;

	is_refused(s, "no-such-group-here", "there is no group");
	setenv("DEBRIEF_RUNDIR", "relative/run", 1);
	is_refused(s, s->group, "does not name a folder");
	unsetenv("DEBRIEF_RUNDIR");
	is_refused(s, s->group, "debrief.rundir does not name a folder");
	setenv("DEBRIEF_RUNDIR", "/nowhere/at/all", 1);
	is_refused(s, s->group, "is not there");
	setenv("DEBRIEF_RUNDIR", "/run/user/0/debrief", 1);
	if (access("/run/user/0", F_OK) == 0 && mkdir("/run/user/0/debrief", 0700) == 0) {
		is_refused(s, s->group, "goes when you log out");
		rmdir("/run/user/0/debrief");
	}
}

static void
a_host_that_cannot_share_does_not_start(void **state)
{
	struct shared *s = *state;
	struct host_options o = { .foreground = true };
	struct err e = { 0 };
	int fd = -1;

	share(s);
	assert_int_equal(chmod(s->run, 0770), 0);
	OKAY(e, place_lock(&s->w.place, &fd, &e));
	assert_null(host_new(s->w.loop, s->w.repo, &s->w.place, &o, fd, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
}

static void
it_is_bound_again_when_its_path_vanishes(void **state)
{
	static const char *const what[] = { "socket", "note", "both" };
	struct shared *s = *state;
	struct client *c;

	share(s);
	world_host(&s->w, NULL);
	c = world_join(&s->w, "lena", NULL, NULL);
	for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
		if (i != 1)
			assert_int_equal(unlink(s->w.place.socket), 0);
		if (i != 0)
			assert_int_equal(unlink(s->w.place.live_file), 0);
		s->w.host->door_ms = 0;
		door_look(s->w.host);
		assert_true(place_listens(&s->w.place));
		client_free(world_join(&s->w, what[i], NULL, NULL));
	}
	done(c, event_op(1784038145, "who was here stays"), NULL);
	client_free(c);
}

static void
a_private_socket_is_bound_again_when_somebody_is_told_who_is_here(void **state)
{
	struct shared *s = *state;
	struct client *c;

	world_host(&s->w, NULL);
	c = world_join(&s->w, "lena", NULL, NULL);
	UNTIL(&s->w, s->w.host->here_timer == 0);
	assert_int_equal(unlink(s->w.place.socket), 0);
	s->w.host->door_ms = 0;
	client_presence(c, "agenda", NULL, false);
	UNTIL(&s->w, place_listens(&s->w.place));
	client_free(world_join(&s->w, "moss", NULL, NULL));
	client_free(c);
}

/* Has the host said where it listens, as its last act before it answers? */
static bool
announced(const struct place *p)
{
	struct buf b = { 0 };
	bool said = buf_read_file(&b, p->lock_file, 4096, NULL) && b.data != NULL &&
		    strstr(b.data, p->socket) != NULL;

	buf_fini(&b);
	return said;
}

/* A host in another process, not shared, that answers. */
static pid_t
host_elsewhere(struct shared *s, bool foreground)
{
	struct host_run how = { .foreground = foreground, .status_fd = -1 };
	int64_t until = clock_mono_ms() + 10000;
	struct err e = { 0 };
	pid_t pid = fork();
	int fd = -1;

	if (pid == 0) {
		host_run(repo_open(s->w.dir, &e), &s->w.entry, &how, &e);
		_exit(0);
	}
	while (fd < 0 && clock_mono_ms() < until)
		if (!announced(&s->w.place) || (fd = place_connect(&s->w.place, &e)) < 0)
			usleep(1000);
	assert_true(fd >= 0);
	close(fd);
	return pid;
}

static void
a_host_in_the_background_moves_to_where_it_is_shared(void **state)
{
	struct shared *s = *state;
	struct err e = { 0 };
	pid_t pid;
	int how;

	OKAY(e, place_move(&s->w.place, &e)); /* none runs */
	pid = host_elsewhere(s, false);
	OKAY(e, place_move(&s->w.place, &e)); /* it is where it should be */
	assert_int_equal(waitpid(pid, &how, WNOHANG), 0);
	share(s);
	OKAY(e, place_move(&s->w.place, &e));
	assert_int_equal(waitpid(pid, &how, 0), pid);
	world_host(&s->w, NULL);
	client_free(world_join(&s->w, "lena", NULL, NULL));
}

static void
a_host_in_the_foreground_stays_where_it_is(void **state)
{
	struct shared *s = *state;
	struct err e = { 0 };
	pid_t pid = host_elsewhere(s, true);
	int how;

	share(s);
	assert_false(place_move(&s->w.place, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_int_equal(waitpid(pid, &how, WNOHANG), 0);
	kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, &how, 0), pid);
}

/* A note as another account would have left it. */
static char *
put_note(struct shared *s, const char *stem, const char *text, unsigned uid)
{
	char *path = mem_fmt("%s/%s.live", s->run, stem);
	struct err e = { 0 };

	OKAY(e, buf_write_file(path, text, strlen(text), &e));
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(chown(path, uid, (gid_t)-1), 0);
	return path;
}

static void
find(struct shared *s, const char *which, const char *name)
{
	struct place p = { 0 };
	struct err e = { 0 };

	if (name == NULL) {
		assert_false(place_shared(s->w.repo, which, &p, &e));
		assert_int_equal(e.kind, ERR_MISSING);
		return;
	}
	OKAY(e, place_shared(s->w.repo, which, &p, &e));
	assert_string_equal(p.name, name);
	assert_non_null(p.owner);
	assert_null(p.lock_file);
	place_fini(&p);
}

static void
what_others_share_is_found_by_name_and_id(void **state)
{
	struct shared *s = *state;
	struct place p = { 0 };
	struct places all = { 0 };
	struct err e = { 0 };
	char *notes[4];

	if (geteuid() != 0)
		skip();
	notes[0] =
	    put_note(s, "aaaa", "4194304\n2026-11-22-checkout-5xx-7k3f\n7k3f9q2mx0ab\n1\n", 1);
	notes[1] =
	    put_note(s, "bbbb", "4194304\n2026-11-22-checkout-down-9m2x\n9m2xwt04hq7c\n1\n", 1);
	notes[2] = put_note(s, "cccc", "4194304\n2026-11-22-lies-1111\n111111111111\n2\n", 1);
	notes[3] = put_note(s, "dddd", "4194304\n2026-11-22-own-2222\n222222222222\n0\n", 0);
	find(s, "2026-11-22-checkout-5xx-7k3f", "2026-11-22-checkout-5xx-7k3f");
	find(s, "7k3f", "2026-11-22-checkout-5xx-7k3f");
	find(s, "checkout-d", "2026-11-22-checkout-down-9m2x");
	find(s, "lies", NULL);
	find(s, "own", NULL);
	find(s, "", NULL);
	assert_false(place_shared(s->w.repo, "checkout", &p, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "checkout-5xx-7k3f ("));
	assert_non_null(strstr(e.text, "checkout-down-9m2x ("));
	/* Nobody answers there. */
	OKAY(e, places_live(NULL, &all, &e));
	assert_int_equal(all.n, 0);
	for (size_t i = 0; i < 4; i++)
		free(notes[i]);
}

static void
only_its_account_starts_a_host(void **state)
{
	struct shared *s = *state;
	struct place p = { 0 };
	struct err e = { 0 };
	char *note;

	if (geteuid() != 0)
		skip();
	note = put_note(s, "aaaa", "4194304\n2026-11-22-checkout-5xx-7k3f\n7k3f9q2mx0ab\n1\n", 1);
	OKAY(e, place_shared(s->w.repo, "7k3f", &p, &e));
	assert_int_equal(place_launch(NULL, &p, &e), -1);
	assert_int_equal(e.kind, ERR_MISSING);
	assert_non_null(strstr(e.text, p.owner));
	assert_int_equal(place_reach(&p, &e), -1);
	assert_int_equal(e.kind, ERR_MISSING);
	assert_false(place_share(&p, s->w.repo, s->group, &e));
	place_fini(&p);
	free(note);
}

/* The note says that it is another's, but we answer. */
static void
an_account_that_answers_for_another_is_refused(void **state)
{
	struct shared *s = *state;
	struct place p = { 0 };
	struct err e = { 0 };
	char *stem, *note, *socket;

	if (geteuid() != 0)
		skip();
	share(s);
	world_host(&s->w, NULL);
	stem = mem_dup("eeee");
	socket = mem_fmt("%s/%s.sock", s->run, stem);
	assert_int_equal(link(s->w.place.socket, socket), 0);
	note = put_note(s, stem, "4194304\n2026-11-22-checkout-5xx-7k3f\n7k3f9q2mx0ab\n1\n", 1);
	OKAY(e, place_shared(s->w.repo, "7k3f", &p, &e));
	assert_int_equal(place_connect(&p, &e), -1);
	assert_int_equal(e.kind, ERR_REFUSED);
	place_fini(&p);
	free(stem);
	free(note);
	free(socket);
}

static void
what_is_live_is_listed(void **state)
{
	struct shared *s = *state;
	struct places all = { 0 };
	struct err e = { 0 };

	OKAY(e, places_live(s->w.repo, &all, &e));
	assert_int_equal(all.n, 0);
	world_host(&s->w, NULL);
	OKAY(e, places_live(s->w.repo, &all, &e));
	assert_int_equal(all.n, 1);
	assert_string_equal(all.v[0].name, s->w.place.name);
	assert_null(all.v[0].owner);
	places_fini(&all);
	assert_int_equal(chmod(s->run, 0777), 0);
	assert_false(places_live(s->w.repo, &all, &e));
	assert_non_null(strstr(e.text, "others could swap"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

static const struct CMUnitTest tests[] = {
	TEST(the_socket_is_the_groups),
	TEST(the_note_says_whose_it_is),
	TEST(git_config_shares_it_too),
	TEST(the_next_host_shares_as_the_last_one_did),
	TEST(a_folder_where_others_could_swap_it_is_refused),
	TEST(a_folder_of_another_account_is_refused),
	TEST(no_folder_and_no_group_are_said),
	TEST(a_host_that_cannot_share_does_not_start),
	TEST(it_is_bound_again_when_its_path_vanishes),
	TEST(a_private_socket_is_bound_again_when_somebody_is_told_who_is_here),
	TEST(a_host_in_the_background_moves_to_where_it_is_shared),
	TEST(a_host_in_the_foreground_stays_where_it_is),
	TEST(what_others_share_is_found_by_name_and_id),
	TEST(only_its_account_starts_a_host),
	TEST(an_account_that_answers_for_another_is_refused),
	TEST(what_is_live_is_listed),
};

int
main(void)
{
	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
