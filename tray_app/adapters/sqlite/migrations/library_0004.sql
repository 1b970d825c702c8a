-- The indexes of the timeline and of checksums tell more now, so that one look does; the next sync
-- builds them (library_sql.INDEXES).
DROP INDEX IF EXISTS asset_timeline;
DROP INDEX IF EXISTS asset_checksum;
DROP INDEX IF EXISTS asset_trashed;
