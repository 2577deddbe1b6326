/* Names and paths of debriefs. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "storage/history_internal.h"

enum { SLUG_MAX = 40, ID_IN_NAME = 4 };

/* The plain letter of each from U+00C0 to U+017F; a space where there is none. */
static const char plain[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
			    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
			    "nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* What a character becomes in a slug: up to two letters; "" where it is a gap; NULL where it is a
 * mark that goes with the letter before it. */
static const char *
slug_letters(uint32_t cp, char one[2])
{
	if (cp >= 0x300 && cp <= 0x36f)
		return NULL;
	if (cp == 0xc6 || cp == 0xe6)
		return "ae";
	if (cp == 0xdf)
		return "ss";
	if (cp == 0xde || cp == 0xfe)
		return "th";
	if (cp == 0x152 || cp == 0x153)
		return "oe";
	one[0] = cp < 0x80		     ? (char)tolower((int)cp)
		 : cp >= 0xc0 && cp <= 0x17f ? plain[cp - 0xc0]
					     : ' ';
	one[1] = '\0';
	if (!isalnum((unsigned char)one[0]))
		one[0] = '\0';
	return one;
}

static void
slug_add(struct buf *slug, const char *title)
{
	size_t left = strlen(title), used;
	const char *letters;
	bool gap = false;
	char one[2];
	uint32_t cp;

	for (; left > 0 && slug->len < SLUG_MAX; title += used, left -= used) {
		used = utf8_decode(title, left, &cp);
		letters = used > 0 ? slug_letters(cp, one) : "";
		used += used == 0;
		if (letters == NULL)
			continue;
		if (letters[0] != '\0' && gap && slug->len > 0)
			buf_addc(slug, '-');
		buf_adds(slug, letters);
		gap = letters[0] == '\0';
	}
	while (slug->len > SLUG_MAX || (slug->len > 0 && slug->data[slug->len - 1] == '-'))
		slug->data[--slug->len] = '\0';
	if (slug->len == 0)
		buf_adds(slug, "debrief");
}

char *
history_path(const struct repo *r, int64_t day, const char *title, struct id id)
{
	char date[TIME_TEXT], *path;
	struct buf slug = { 0 };

	date_text(day, date);
	slug_add(&slug, title != NULL ? title : "");
	path = mem_fmt("%sdebriefs/%.4s/%.2s/%s-%s-%.*s.json", repo_prefix(r), date, date + 5, date,
	    slug.data, ID_IN_NAME, id.s);
	buf_fini(&slug);
	return path;
}

char *
history_path_of_name(const struct repo *r, const char *name)
{
	if (history_after_date(name) == name || strchr(name, '/') != NULL)
		return NULL;
	return mem_fmt("%sdebriefs/%.4s/%.2s/%s.json", repo_prefix(r), name, name + 5, name);
}

char *
history_name_of_path(const char *path)
{
	const char *name = strrchr(path, '/'), *end;

	name = name == NULL ? path : name + 1;
	end = strrchr(name, '.');
	if (end == NULL || end == name || strcmp(end, ".json") != 0)
		return NULL;
	return mem_dupn(name, (size_t)(end - name));
}

const char *
history_after_date(const char *name)
{
	static const char form[] = "dddd-dd-dd-";

	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)name[i]) : name[i] != form[i])
			return name;
	return name + strlen(form);
}

const char *
history_id_part(const char *name)
{
	const char *end = strrchr(name, '-');

	return end != NULL && strlen(end + 1) == ID_IN_NAME ? end + 1 : NULL;
}

char *
history_slug_of_name(const char *name)
{
	const char *from = history_after_date(name), *id = history_id_part(name);

	if (from == name || id == NULL || id <= from)
		return NULL;
	return mem_dupn(from, (size_t)(id - 1 - from));
}
