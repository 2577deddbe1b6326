#include "model/category_set.h"

#include "base/text.h"

const struct category_set category_sets[] = {
	{ "levels", "the three levels, where nothing speaks for another set",
	    { { "Technical", LEVEL_TECHNICAL }, { "Process", LEVEL_PROCESS },
		{ "Organization", LEVEL_ORGANIZATION } },
	    3 },
	/* The first of them was once Man: people are not a cause. */
	{ "6m", "for work with things: machine, method and what surrounds them",
	    { { "Machine", LEVEL_TECHNICAL }, { "Material", LEVEL_TECHNICAL },
		{ "Measurement", LEVEL_TECHNICAL }, { "Method", LEVEL_PROCESS },
		{ "Milieu", LEVEL_PROCESS }, { "Management", LEVEL_ORGANIZATION } },
	    6 },
	{ "4s", "for services: what they run on, with whom and where",
	    { { "Systems", LEVEL_TECHNICAL }, { "Skills", LEVEL_PROCESS },
		{ "Surroundings", LEVEL_PROCESS }, { "Suppliers", LEVEL_ORGANIZATION } },
	    4 },
	{ "shell", "for people at controls: what met them, and how it fitted",
	    { { "Hardware", LEVEL_TECHNICAL }, { "Software and rules", LEVEL_PROCESS },
		{ "Environment", LEVEL_PROCESS }, { "Screens and hands", LEVEL_TECHNICAL },
		{ "Between people", LEVEL_ORGANIZATION } },
	    5 },
	{ "service-life", "along the life of a service, from its plan to its end",
	    { { "Plan", LEVEL_ORGANIZATION }, { "Design", LEVEL_TECHNICAL },
		{ "Build and test", LEVEL_TECHNICAL }, { "Release", LEVEL_PROCESS },
		{ "Operation", LEVEL_PROCESS }, { "Support", LEVEL_ORGANIZATION },
		{ "Retirement", LEVEL_ORGANIZATION } },
	    7 },
};
const size_t n_category_sets = sizeof category_sets / sizeof *category_sets;

const struct category_set *
category_set_find(const char *name)
{
	for (size_t i = 0; name != NULL && i < n_category_sets; i++)
		if (text_same(category_sets[i].name, name))
			return &category_sets[i];
	return NULL;
}
