/* Which branch commits go to, and whether one may be made now. */
#include <stdlib.h>
#include <string.h>

#include "storage/repo_internal.h"

void
target_fini(struct target *t)
{
	free(t->ref);
	*t = (struct target){ 0 };
}

/* What HEAD points at: a branch's full name (yours), or NULL when it is detached or cannot be read
 * (*broken). */
static char *
head_branch(struct repo *r, git_oid *detached, bool *broken)
{
	git_reference *head = NULL;
	char *name = NULL;

	*broken = git_reference_lookup(&head, r->git, "HEAD") != 0;
	if (!*broken && git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		name = mem_dup(git_reference_symbolic_target(head));
	else if (!*broken)
		git_oid_cpy(detached, git_reference_target(head));
	git_reference_free(head);
	return name;
}

/* debrief.branch in full, or NULL. */
static char *
wanted_branch(const struct repo *r)
{
	char *set = repo_config(r, "debrief.branch"), *full = NULL;

	if (set != NULL && set[0] != '\0')
		full = strncmp(set, "refs/", 5) == 0 ? mem_dup(set) : mem_fmt("refs/heads/%s", set);
	free(set);
	return full;
}

static bool
target_tip(struct repo *r, struct target *t, struct err *e)
{
	int code = git_reference_name_to_id(&t->tip, r->git, t->ref);

	t->branch = strncmp(t->ref, "refs/heads/", 11) == 0 ? t->ref + 11 : t->ref;
	t->born = code == 0;
	if (code == 0 || code == GIT_ENOTFOUND)
		return true;
	repo_fail(e, "the branch cannot be read", "nothing was changed");
	target_fini(t);
	return false;
}

bool
target_find(struct repo *r, struct target *t, struct err *e)
{
	char *wanted = wanted_branch(r), *head;
	struct target found = { 0 };
	bool broken;

	head = head_branch(r, &found.tip, &broken);
	if (broken) {
		free(wanted);
		return repo_fail(e, "HEAD cannot be read", "nothing was changed");
	}
	found.checked_out =
	    r->work_dir != NULL && (wanted == NULL || (head != NULL && strcmp(wanted, head) == 0));
	found.ref = wanted != NULL ? mem_dup(wanted) : mem_dup(head);
	free(wanted);
	free(head);
	if (found.ref == NULL)
		found.born = true; /* detached: there is a commit, but no branch to move */
	else if (!target_tip(r, &found, e))
		return false;
	*t = found;
	return true;
}

static const char *
state_words(int state)
{
	switch (state) {
	case GIT_REPOSITORY_STATE_MERGE:
		return "a merge is under way: finish it (git commit) or git merge --abort";
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
		return "a revert is under way: git revert --continue or --abort";
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
		return "a cherry-pick is under way: git cherry-pick --continue or --abort";
	case GIT_REPOSITORY_STATE_BISECT:
		return "a bisect is under way: git bisect reset";
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
		return "patches are being applied: git am --continue or --abort";
	default:
		return "a rebase is under way: git rebase --continue or --abort";
	}
}

/* "main" when it is checked out in another work tree of the repository: its files would be left
 * behind. */
static bool
elsewhere(struct repo *r, const struct target *t)
{
	git_reference *ref = NULL;
	bool is = !t->checked_out && r->work_dir != NULL &&
		  git_reference_lookup(&ref, r->git, t->ref) == 0 &&
		  git_branch_is_checked_out(ref) == 1;

	git_reference_free(ref);
	return is;
}

bool
target_ready(struct repo *r, const struct target *t, struct err *e)
{
	int state = r->work_dir == NULL ? 0 : git_repository_state(r->git);

	if (state != GIT_REPOSITORY_STATE_NONE)
		return err_set(e, ERR_REFUSED,
		    "not committed, everything is kept: %s, then save again", state_words(state));
	if (t->ref == NULL)
		return err_set(e, ERR_REFUSED,
		    "not committed, everything is kept: no branch is checked out (HEAD is "
		    "detached): "
		    "git switch BRANCH, then save again");
	if (strncmp(t->ref, "refs/heads/", 11) != 0)
		return err_set(e, ERR_REFUSED,
		    "not committed, everything is kept: %s is no branch: "
		    "git config debrief.branch BRANCH",
		    t->ref);
	if (elsewhere(r, t))
		return err_set(e, ERR_REFUSED,
		    "not committed, everything is kept: branch %s is checked out in another work "
		    "tree: "
		    "name that one with --repo, or git config debrief.branch BRANCH",
		    t->branch);
	return true;
}
