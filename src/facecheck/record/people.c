/* Erasing what names people, so that nothing of it stays in the file.
 *
 * secure_delete writes zeros over a deleted cell and over pages that become
 * free. When a tree is balanced, however, cells move to other pages, and what
 * they leave in the gap of the old page is no deleted cell to it: the copy
 * stays when its original is deleted (about one value in a thousand under
 * random insertion and deletion). So what remains of the table is put aside in
 * memory, all pages of the table are given up (and zeroed) by a DELETE of
 * everything, and what was put aside goes onto clean ones. */
#include "facecheck/record/internal.h"

static int
rewrite_items(struct fc_store *s, struct fa_err *err)
{
	s->residue = true;
	return fc_db_script(&s->db,
		"DELETE FROM temp.keep_items;"
		"INSERT INTO temp.keep_items"
		" SELECT account, name, biometric, value FROM main.items;"
		"DELETE FROM main.items;"
		"INSERT INTO main.items SELECT * FROM temp.keep_items;"
		"DELETE FROM temp.keep_items;",
		err);
}

static int
rewrite_ties(struct fc_store *s, struct fa_err *err)
{
	s->residue = true;
	return fc_db_script(&s->db,
		"DELETE FROM temp.keep_ties;"
		"INSERT INTO temp.keep_ties SELECT session, account"
		" FROM main.ties;"
		"DELETE FROM main.ties;"
		"INSERT INTO main.ties SELECT * FROM temp.keep_ties;"
		"DELETE FROM temp.keep_ties;",
		err);
}

/* 1 when rows were dropped and the table was written anew, 0 when none were. */
static int
after_drop(struct fc_store *s, int64_t dropped,
	int (*rewrite)(struct fc_store *s, struct fa_err *err),
	struct fa_err *err)
{
	int rc;

	if (dropped <= 0)
		return (int)dropped;
	rc = rewrite(s, err);
	return rc < 0 ? rc : 1;
}

int
fc_people_drop(struct fc_store *s, struct fa_str account, struct fa_str name,
	struct fa_err *err)
{
	return after_drop(s,
		fc_db_run(&s->db, err,
			"DELETE FROM items WHERE account = ?1 AND name = ?2",
			"tt", account, name),
		rewrite_items, err);
}

int
fc_people_untie(struct fc_store *s, struct fa_err *err)
{
	return after_drop(s,
		fc_db_run(&s->db, err,
			"DELETE FROM ties WHERE session NOT IN"
			" (SELECT id FROM sessions)",
			""),
		rewrite_ties, err);
}

int
fc_people_erase(struct fc_store *s, struct fa_str account, bool biometric_only,
	struct fa_err *err)
{
	int items = after_drop(s,
		fc_db_run(&s->db, err,
			"DELETE FROM items WHERE account = ?1"
			" AND biometric >= ?2",
			"ti", account, (int64_t)biometric_only),
		rewrite_items, err);
	int ties = 0;

	if (items >= 0 && !biometric_only)
		ties = after_drop(s,
			fc_db_run(&s->db, err,
				"DELETE FROM ties WHERE account = ?1", "t",
				account),
			rewrite_ties, err);
	if (items < 0 || ties < 0)
		return items < 0 ? items : ties;
	return items || ties;
}
