#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/session_state.h"

enum { MOST = TEXT_BLOCK_MAX * 2 };

static const char *
editor_name(void)
{
	const char *name = getenv("VISUAL");

	if (name == NULL || name[0] == '\0')
		name = getenv("EDITOR");
	return name == NULL || name[0] == '\0' ? "vi" : name;
}

bool
session_may_start(const struct session *s)
{
	return !s->o->restricted && !s->o->demo && s->o->pin_name == NULL;
}

/* A folder of its own: what an editor keeps beside the file goes with it. */
static bool
write_draft(struct session *s, const char *text)
{
	const char *base = getenv("XDG_RUNTIME_DIR");
	size_t len = strlen(text);
	ssize_t put;
	int fd;

	s->draft_dir = mem_fmt("%s/debrief-draft.XXXXXX", base != NULL && base[0] ? base : "/tmp");
	if (mkdtemp(s->draft_dir) == NULL)
		return false;
	s->draft = mem_fmt("%s/text.md", s->draft_dir);
	fd = open(s->draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	put = write(fd, text, len);
	return close(fd) == 0 && put == (ssize_t)len;
}

static char *
read_draft(const struct session *s, size_t *len)
{
	int fd = open(s->draft, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char *text = mem_zero(MOST + 1, 1);
	ssize_t got;

	*len = 0;
	while (fd >= 0 && *len < MOST && (got = read(fd, text + *len, MOST - *len)) > 0)
		*len += (size_t)got;
	if (fd >= 0)
		close(fd);
	while (*len > 0 && text[*len - 1] == '\n')
		(*len)--;
	text[*len] = '\0';
	return text;
}

static void
drop_draft(struct session *s)
{
	DIR *dir = s->draft_dir != NULL ? opendir(s->draft_dir) : NULL;
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir != NULL)
		closedir(dir);
	if (s->draft_dir != NULL)
		rmdir(s->draft_dir);
	free(s->draft);
	free(s->draft_dir);
	s->draft = s->draft_dir = NULL;
}

static void
come_back(struct session *s, int status)
{
	struct scene sc;

	screen_resume(s->screen);
	loop_watch(s->loop, STDIN_FILENO, LOOP_READ, session_readable, s);
	s->editor = 0;
	sc = session_scene(s);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		size_t len;
		char *text = read_draft(s, &len);
		ui_edited(s->ui, &sc, text, len);
		free(text);
	} else {
		ui_say(s->ui, "the editor did not end well: the text is as it was before");
	}
	if (s->stop_later) { /* there is nobody to send it to any more */
		session_stop(s);
		return;
	}
	drop_draft(s);
	session_fit_screen(s);
	session_draw_now(s);
}

static void
child_ended(void *ctx, int signo)
{
	struct session *s = ctx;
	int status;

	(void)signo;
	if (s->editor != 0 && waitpid(s->editor, &status, WNOHANG) == s->editor)
		come_back(s, status);
}

static void
become_editor(const char *path)
{
	char *line = mem_fmt("%s \"$1\"", editor_name());

	signal(SIGINT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	execl("/bin/sh", "sh", "-c", line, "sh", path, (char *)NULL);
	_exit(127);
}

void
session_edit(struct session *s, const char *text)
{
	if (!write_draft(s, text)) {
		drop_draft(s);
		ui_say(s->ui, "no file can be written for the editor: the text is still here");
		return;
	}
	loop_signal(s->loop, SIGCHLD, child_ended, s);
	loop_unwatch(s->loop, STDIN_FILENO);
	screen_suspend(s->screen);
	s->editor = fork();
	if (s->editor == 0)
		become_editor(s->draft);
	if (s->editor < 0)
		come_back(s, 1 << 8);
}

void
session_editor_fini(struct session *s)
{
	if (s->stop_later && s->draft != NULL) {
		printf("What you wrote is in %s.\n", s->draft);
		free(s->draft_dir);
		s->draft_dir = NULL;
	}
	drop_draft(s);
}
