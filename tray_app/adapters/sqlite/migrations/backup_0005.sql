-- A failed file that a person does not want to hear of again, as long as it stays as it is.
ALTER TABLE failure ADD COLUMN ignored_at TEXT;
-- The newest files first, page by page.
CREATE INDEX confirmation_confirmed ON confirmation (account_id, confirmed_at, sha1);
