/* Where the files of templates are: the history's folder, the account's, those built in. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "storage/repo.h"
#include "storage/template_internal.h"

enum { TEMPLATE_MOST = 1 << 20 }; /* bytes of a template's file */
static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

char *
template_folder_of_history(const char *folder)
{
	return folder == NULL ? NULL : mem_fmt("%s/templates", folder);
}

char *
template_folder_of_account(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config != NULL && config[0] == '/')
		return mem_fmt("%s/debrief/templates", config);
	return home == NULL || home[0] != '/' ? NULL
					      : mem_fmt("%s/.config/debrief/templates", home);
}

static bool
name_ok(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= 64 && strspn(name, letters) == len;
}

/* "de", "pt-BR", "sr_Latn_RS". */
bool
template_language_ok(const char *language)
{
	size_t len = strlen(language), first = strcspn(language, "-_");

	return len <= 20 && (first == 2 || first == 3) && strspn(language, letters) == len;
}

/* "incident.json" is a template, "incident.de.json" a translation of it; *language stays NULL for
 * the first. False: it is neither. Both are yours. */
static bool
file_is(const char *file, char **name, char **language)
{
	size_t len = strlen(file), end = strlen(".json");
	const char *dot = strchr(file, '.');

	if (len <= end || strcmp(file + len - end, ".json") != 0)
		return false;
	*name = mem_dupn(file, (size_t)(dot - file));
	*language = dot == file + len - end
			? NULL
			: mem_dupn(dot + 1, (size_t)(file + len - end - dot) - 1);
	if (name_ok(*name) && (*language == NULL || template_language_ok(*language)))
		return true;
	free(*name);
	free(*language);
	return false;
}

/* What a file adds: with `of` the language into which it is translated, else a template's name. */
static void
add_file(struct strs *out, const char *file, const char *of)
{
	char *name, *language;

	if (!file_is(file, &name, &language))
		return;
	if (of == NULL && language == NULL)
		strs_add(out, name);
	else if (of != NULL && language != NULL && strcmp(of, name) == 0)
		strs_add(out, language);
	free(name);
	free(language);
}

static void
add_files_in(struct strs *out, char *folder, const char *of)
{
	DIR *dir = folder == NULL ? NULL : opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		add_file(out, entry->d_name, of);
	if (dir != NULL)
		closedir(dir);
	free(folder);
}

static void
add_files(const char *folder, struct strs *out, const char *of)
{
	add_files_in(out, template_folder_of_history(folder), of);
	add_files_in(out, template_folder_of_account(), of);
	for (size_t i = 0; i < embedded_count(); i++)
		add_file(out, embedded_name(i), of);
	strs_sort(out, true);
}

void
template_names(const char *folder, struct strs *out)
{
	add_files(folder, out, NULL);
}

void
template_languages(const char *folder, const char *name, struct strs *out)
{
	add_files(folder, out, name);
}

static bool
has_file(char *folder, const char *name)
{
	char *path = folder == NULL ? NULL : mem_fmt("%s/%s.json", folder, name);
	bool there = path != NULL && access(path, F_OK) == 0;

	free(path);
	free(folder);
	return there;
}

enum template_source
template_source(const char *folder, const char *name)
{
	if (has_file(template_folder_of_history(folder), name))
		return TEMPLATE_OF_HISTORY;
	return has_file(template_folder_of_account(), name) ? TEMPLATE_OF_ACCOUNT
							    : TEMPLATE_BUILT_IN;
}

static void
missing(const char *folder, const char *name, struct err *e)
{
	struct strs names = { 0 };
	struct buf list = { 0 };

	template_names(folder, &names);
	for (size_t i = 0; i < names.n; i++)
		buf_addf(&list, "%s%s", i == 0 ? "" : ", ", names.v[i]);
	err_set(e, ERR_MISSING, "there is no template \"%.60s\": nothing was begun: take one of %s",
	    name, list.data == NULL ? "none" : list.data);
	strs_fini(&names);
	buf_fini(&list);
}

void
template_file_fini(struct template_file *f)
{
	buf_fini(&f->bytes);
	free(f->path);
	*f = (struct template_file){ 0 };
}

int
template_file_in(char *folder, const char *file, struct template_file *f, struct err *e)
{
	char *path = folder == NULL ? NULL : mem_fmt("%s/%s", folder, file);
	struct err mine = { 0 };
	int there = 0;

	free(folder);
	if (path != NULL && buf_read_file(&f->bytes, path, TEMPLATE_MOST, &mine)) {
		f->path = path;
		return 1;
	}
	if (path != NULL && mine.kind != ERR_MISSING) {
		err_set(e, mine.kind, "%s", mine.text);
		there = -1;
	}
	free(path);
	return there;
}

static int
find(const char *folder, const char *file, struct template_file *f, struct err *e)
{
	const char *bytes;
	size_t len = 0;
	int there = template_file_in(template_folder_of_history(folder), file, f, e);

	if (there == 0)
		there = template_file_in(template_folder_of_account(), file, f, e);
	if (there != 0)
		return there;
	bytes = embedded_file(file, &len);
	if (bytes != NULL)
		buf_add(&f->bytes, bytes, len);
	return bytes != NULL;
}

bool
template_bytes(const char *folder, const char *name, struct buf *out, struct err *e)
{
	struct template_file f = { 0 };
	const char *dot = strchr(name, '.');
	char *plain = mem_dupn(name, dot != NULL ? (size_t)(dot - name) : strlen(name));
	char *file = mem_fmt("%s.json", name);
	bool named = name_ok(plain) && (dot == NULL || template_language_ok(dot + 1));
	int there = named ? find(folder, file, &f, e) : 0;

	if (there == 0)
		missing(folder, name, e);
	if (there == 1 && f.bytes.len > 0)
		buf_add(out, f.bytes.data, f.bytes.len);
	template_file_fini(&f);
	free(file);
	free(plain);
	return there == 1;
}

static struct template *
load_plain(const char *folder, const char *name, struct err *e)
{
	struct template_file f = { 0 };
	struct template *t = NULL;
	char *file = mem_fmt("%s.json", name);
	int there = name_ok(name) ? find(folder, file, &f, e) : 0;

	if (there == 0)
		missing(folder, name, e);
	if (there == 1)
		t = template_parse(f.bytes.data == NULL ? "" : f.bytes.data, f.bytes.len, e);
	if (there == 1 && t == NULL && f.path != NULL)
		err_prefix(e, "%s", f.path);
	if (t != NULL && strcmp(t->name, name) != 0) { /* a debrief of it finds it by its file */
		free(t->name);
		t->name = mem_dup(name);
	}
	template_file_fini(&f);
	free(file);
	return t;
}

/* False: there is a translation, and it cannot be used. *some: there is one. */
static bool
put_language(
    struct template *t, const char *folder, const char *language, bool *some, struct err *e)
{
	struct template_file f = { 0 };
	char *file = mem_fmt("%s.%s.json", t->name, language);
	int there = find(folder, file, &f, e);
	bool good = there >= 0;

	*some = there == 1;
	if (there == 1) {
		good = template_translate(
		    t, f.bytes.data == NULL ? "" : f.bytes.data, f.bytes.len, false, e);
		if (!good && f.path != NULL)
			err_prefix(e, "%s", f.path);
		free(t->language);
		t->language = mem_dup(language);
	}
	template_file_fini(&f);
	free(file);
	return good;
}

/* "pt-BR", else "pt". */
static bool
put_languages(struct template *t, const char *folder, const char *language, struct err *e)
{
	size_t first = strcspn(language, "-_");
	char *shorter = mem_dupn(language, first);
	bool some = false, good = true;

	if (template_language_ok(language))
		good = put_language(t, folder, language, &some, e);
	if (good && !some && language[first] != '\0' && template_language_ok(shorter))
		good = put_language(t, folder, shorter, &some, e);
	free(shorter);
	return good;
}

struct template *
template_load_in(const char *folder, const char *name, const char *language, struct err *e)
{
	const char *dot = strchr(name, '.');
	char *plain = mem_dupn(name, dot != NULL ? (size_t)(dot - name) : strlen(name));
	char *tongue;
	struct template *t = NULL;

	if (dot != NULL && template_language_ok(dot + 1))
		tongue = mem_dup(dot + 1);
	else
		tongue = language != NULL ? mem_dup(language) : template_language(folder, NULL);
	if (dot != NULL && !template_language_ok(dot + 1))
		missing(folder, name, e);
	else
		t = load_plain(folder, plain, e);
	if (t != NULL && !put_languages(t, folder, tongue, e)) {
		template_free(t);
		t = NULL;
	}
	free(plain);
	free(tongue);
	return t;
}

struct template *
template_load(const char *folder, const char *name, struct err *e)
{
	struct template *t = template_load_in(folder, name, NULL, e);

	return t;
}

/* Nothing to translate: said where the name stands. */
static void
say_missing(const char *bytes, size_t len, const char *name, struct err *e)
{
	struct reading r = { .text = bytes,
		.len = len,
		.e = e,
		.place = { .list = "name", .index = -1 } };

	err_set(e, ERR_REFUSED, "this is a translation, and there is no template \"%.60s\"", name);
	reading_refuse(&r);
}

struct template *
template_check(const char *folder, const char *bytes, size_t len, struct err *e)
{
	char *name = NULL;
	bool overlay = template_is_translation(bytes, len, &name);
	struct template *t = overlay ? load_plain(folder, name, e) : template_parse(bytes, len, e);

	if (overlay && t == NULL && e->kind == ERR_MISSING)
		say_missing(bytes, len, name, e);
	if (overlay && t != NULL && !template_translate(t, bytes, len, true, e)) {
		template_free(t);
		t = NULL;
	}
	free(name);
	return t;
}

char *
template_language(const char *folder, const char *of_debrief)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	char *configured;

	if (of_debrief != NULL && of_debrief[0] != '\0')
		return mem_dup(of_debrief);
	configured = repo_config_in(folder, "debrief.language");
	if (configured != NULL && configured[0] != '\0')
		return configured;
	free(configured);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		size_t len = value == NULL ? 0 : strcspn(value, ".@");
		char *language;
		if (len == 0)
			continue;
		language = mem_dupn(value, len);
		if (template_language_ok(language))
			return language;
		free(language);
		break; /* C, POSIX: it is said, and it is no language */
	}
	return mem_dup("en");
}
