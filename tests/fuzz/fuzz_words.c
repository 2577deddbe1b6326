/* A command line splits into words that join into a line that splits the same, and any line is read or refused. */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "commands/command.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t
bits(void)
{
	return 42;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = mem_dupn((const char *)data, size);
	struct strs words = { 0 }, again = { 0 };
	struct buf joined = { 0 };
	struct err e = { 0 };

	if (words_split(line, &words, &e) && words.n > 0) {
		words_join(&words, &joined);
		if (!words_split(joined.data, &again, &e) || !strs_equal(&words, &again))
			__builtin_trap();
	}
	{
		struct debrief *d = debrief_new(id_make(7));
		struct zone *z = zone_open("UTC", NULL);
		struct command_scene cs = { .d = d, .me = "lena", .role = PERSON_FACILITATOR,
			.zone = z, .last_event_ns = TIME_NONE, .random = bits };
		struct op op;
		if (command_read_line(&cs, line, &op, &e))
			op_fini(&op);
		zone_free(z);
		debrief_free(d);
	}
	strs_fini(&words);
	strs_fini(&again);
	buf_fini(&joined);
	free(line);
	return 0;
}
