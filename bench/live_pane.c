/* What runs inside tmux: each line read is put in one place of the screen; "=TEXT" fills the whole
 * screen anew. */
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static void
put_all(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);
		if (n <= 0)
			_exit(0);
		bytes += n;
		len -= (size_t)n;
	}
}

/* About as full as a board: words, gaps, and another text at each turn. */
static void
fill(const char *text, unsigned turn)
{
	static char out[1 << 17];
	struct winsize w = { .ws_row = 24, .ws_col = 80 };
	size_t at;

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &w);
	at = (size_t)sprintf(out, "\033[H\033[2J");
	for (int y = 0; y < w.ws_row - 1; y++) {
		at += (size_t)sprintf(out + at, "\033[%d;1H", y + 1);
		for (int x = 0; x < w.ws_col - 1 && at < sizeof out - 64; x++)
			out[at++] = (x * 7 + y * 3) % 11 < 6
					? (char)('a' + (x + y * 5 + (int)turn * 7) % 26)
					: ' ';
	}
	at += (size_t)sprintf(out + at, "\033[%d;1H%.200s", w.ws_row, text);
	put_all(out, at);
}

static void
one_line(const char *text)
{
	char out[600];
	int n = snprintf(out, sizeof out, "\033[10;20H%.500s\033[K", text);

	put_all(out, (size_t)n);
}

int
main(void)
{
	struct termios t;
	char line[4096], bytes[4096];
	size_t have = 0;
	unsigned turn = 0;
	ssize_t n;

	if (tcgetattr(STDIN_FILENO, &t) == 0) {
		cfmakeraw(&t);
		tcsetattr(STDIN_FILENO, TCSANOW, &t);
	}
	fill("ready", turn++);
	while ((n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (bytes[i] != '\r' && bytes[i] != '\n') {
				if (have < sizeof line - 1)
					line[have++] = bytes[i];
				continue;
			}
			line[have] = '\0';
			have = 0;
			if (line[0] == '=')
				fill(line + 1, turn++);
			else
				one_line(line);
		}
	return 0;
}
