#include "storage/wording_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "storage/template_internal.h"

enum { RULES_MOST = 1 << 20, LANGUAGE_MOST = 20 };
static const char prefix[] = "wording.";

static bool
language_ok(const char *language)
{
	size_t len = strlen(language);

	return len > 0 && len <= LANGUAGE_MOST &&
	    strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
	    len;
}

/* One of people's own files; that there is none is no error. */
static bool
load_from(struct wording *w, char *folder, const char *name, bool *some, struct err *e)
{
	char *path = folder != NULL ? mem_fmt("%s/%s", folder, name) : NULL;
	struct buf b = { 0 };
	struct err mine = { 0 };
	bool good = true;

	if (path != NULL && buf_read_file(&b, path, RULES_MOST, &mine)) {
		*some = true;
		good = wording_load(w, b.data != NULL ? b.data : "", b.len, e) ||
		    err_prefix(e, "%s", path);
	} else if (path != NULL && mine.kind != ERR_MISSING) {
		good = err_set(e, mine.kind, "%s", mine.text);
	}
	buf_fini(&b);
	free(path);
	free(folder);
	return good;
}

static bool
missing(const char *language, struct err *e)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < embedded_count(); i++)
		if (strncmp(embedded_name(i), prefix, sizeof prefix - 1) == 0)
			buf_addf(&list, "%s%s", list.len > 0 ? ", " : "",
			    embedded_name(i) + sizeof prefix - 1);
	err_set(e, ERR_MISSING,
	    "there are no wording rules for the language \"%.20s\": nothing was looked at: there are "
	    "rules for %s, and a history may add its own in templates/wording.%.20s",
	    language, list.len > 0 ? list.data : "none", language);
	buf_fini(&list);
	return false;
}

struct wording *
wording_open(const char *folder, const char *language, struct err *e)
{
	struct wording *w = wording_new();
	const char *tongue = language != NULL ? language : "en", *text = NULL;
	char *name = mem_fmt("%s%s", prefix, tongue);
	size_t len = 0;
	bool some = false, good = language_ok(tongue) || missing(tongue, e);

	text = good ? embedded_file(name, &len) : NULL;
	some = text != NULL;
	good = good && (text == NULL || wording_load(w, text, len, e)) &&
	    load_from(w, template_folder_of_history(folder), name, &some, e) &&
	    load_from(w, template_folder_of_account(), name, &some, e) &&
	    (some || missing(tongue, e));
	free(name);
	if (good)
		return w;
	wording_free(w);
	return NULL;
}
