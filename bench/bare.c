/* The floor: a bare ncurses program that draws a full screen and puts each key on it. */
#include <curses.h>
#include <locale.h>

int
main(void)
{
	int key, n = 0;

	setlocale(LC_ALL, "");
	initscr();
	raw();
	noecho();
	keypad(stdscr, TRUE);
	set_escdelay(25);
	for (int y = 0; y < LINES; y++)
		for (int x = 0; x < COLS - 1; x++)
			mvaddch(y, x, (chtype)('a' + (x + y) % 26));
	refresh();
	while ((key = getch()) != 'q') {
		mvaddch(n % LINES, (n * 7) % (COLS - 1), (chtype)(key < 256 ? key : '?') | A_REVERSE);
		n++;
		refresh();
	}
	endwin();
	return 0;
}
