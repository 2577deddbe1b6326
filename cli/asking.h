/* Questions on a plain terminal, before or without a screen. */
#ifndef CLI_ASKING_H
#define CLI_ASKING_H

/* One line typed at a question, without its end; NULL at the end of the input. Yours. */
char *ask_line(const char *question);

#endif
