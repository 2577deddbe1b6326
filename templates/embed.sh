#!/bin/sh
# Prints a C file that holds templates/*.json, templates/wording.* and templates/incidents/* as byte arrays, for storage/template.h.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")"

echo '/* Made by templates/embed.sh. */'
echo '#include <string.h>'
echo
echo '#include "storage/template.h"'

n=0
table=
for file in *.json wording.* incidents/*; do
	[ -f "$file" ] || continue
	size=$(wc -c <"$file" | tr -d ' ')
	echo
	echo "static const unsigned char file_$n[] = {"
	od -An -v -tu1 "$file" | awk '{ gsub(/ +/, ","); sub(/^,/, ""); printf "\t%s,\n", $0 }'
	printf '\t0\n};\n'
	table="$table	{ \"$file\", file_$n, $size },
"
	n=$((n + 1))
done

cat <<END

static const struct embedded {
	const char *name;
	const unsigned char *bytes;
	size_t len;
} embedded[] = {
${table}	{ NULL, NULL, 0 },
};

const char *
embedded_file(const char *name, size_t *len)
{
	for (size_t i = 0; embedded[i].name != NULL; i++) {
		if (strcmp(embedded[i].name, name) != 0)
			continue;
		if (len != NULL)
			*len = embedded[i].len;
		return (const char *)embedded[i].bytes;
	}
	return NULL;
}

size_t
embedded_count(void)
{
	return sizeof embedded / sizeof *embedded - 1;
}

const char *
embedded_name(size_t i)
{
	return i < embedded_count() ? embedded[i].name : NULL;
}
END
