-- What a folder showed when all of its rows were last equal to it (sqlite/seen.py); NULL: its rows
-- have to be compared. Whatever writes a file's row in another way than by that look clears it.
ALTER TABLE folder ADD COLUMN seen BLOB;

CREATE TRIGGER file_seen_insert AFTER INSERT ON file BEGIN
    UPDATE folder SET seen = NULL WHERE id = new.folder_id AND seen IS NOT NULL;
END;

CREATE TRIGGER file_seen_delete AFTER DELETE ON file BEGIN
    UPDATE folder SET seen = NULL WHERE id = old.folder_id AND seen IS NOT NULL;
END;

CREATE TRIGGER file_seen_update
AFTER UPDATE OF folder_id, name, size, mtime_ns, ctime_ns, inode, sidecar, sidecar_mtime_ns, present
ON file
WHEN (old.folder_id, old.name, old.size, old.mtime_ns, old.ctime_ns, old.inode, old.sidecar,
      old.sidecar_mtime_ns, old.present)
  IS NOT (new.folder_id, new.name, new.size, new.mtime_ns, new.ctime_ns, new.inode, new.sidecar,
          new.sidecar_mtime_ns, new.present)
BEGIN
    UPDATE folder SET seen = NULL WHERE id IN (old.folder_id, new.folder_id) AND seen IS NOT NULL;
END;
