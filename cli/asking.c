#include "cli/asking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *
ask_line(const char *question)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	printf("%s ", question);
	fflush(stdout);
	n = getline(&line, &cap, stdin);
	if (n < 0) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}
