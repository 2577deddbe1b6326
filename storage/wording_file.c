#include "storage/wording_file.h"

#include <stdlib.h>
#include <string.h>

#include "storage/template_internal.h"

enum { LANGUAGE_MOST = 20 };
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
	struct template_file f = { 0 };
	int there = template_file_in(folder, name, &f, e);
	bool good = there >= 0;

	if (there == 1) {
		*some = true;
		good = wording_load(w, f.bytes.data != NULL ? f.bytes.data : "", f.bytes.len, e) ||
		    err_prefix(e, "%s", f.path);
	}
	template_file_fini(&f);
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

/* The rules of exactly that language; *some is whether there are any. */
static struct wording *
open_exactly(const char *folder, const char *language, bool *some, struct err *e)
{
	struct wording *w = wording_new();
	char *name = mem_fmt("%s%s", prefix, language);
	size_t len = 0;
	const char *text = embedded_file(name, &len);
	bool good;

	*some = text != NULL;
	good = (text == NULL || wording_load(w, text, len, e)) &&
	    load_from(w, template_folder_of_history(folder), name, some, e) &&
	    load_from(w, template_folder_of_account(), name, some, e);
	free(name);
	if (good)
		return w;
	wording_free(w);
	return NULL;
}

struct wording *
wording_open(const char *folder, const char *language, struct err *e)
{
	const char *tongue = language != NULL ? language : "en";
	char *wide = mem_dupn(tongue, strcspn(tongue, "-_")); /* "de" of "de-AT" */
	struct wording *w = NULL;
	bool some = false;

	if (!language_ok(tongue)) {
		missing(tongue, e);
		free(wide);
		return NULL;
	}
	w = open_exactly(folder, tongue, &some, e);
	if (w != NULL && !some && strcmp(wide, tongue) != 0) {
		wording_free(w);
		w = open_exactly(folder, wide, &some, e);
	}
	free(wide);
	if (w == NULL || some)
		return w;
	missing(tongue, e);
	wording_free(w);
	return NULL;
}
