-- Indexes for the stream, and triggers that log deletions as the real server's do: what goes with
-- its user or album is not logged, but an album's members learn that they lost it, and an album
-- that it lost an asset.
CREATE INDEX IF NOT EXISTS asset_by_change ON asset (owner_id, update_id);
CREATE INDEX IF NOT EXISTS asset_by_month
ON asset (owner_id, substr(file_created_at, 1, 7) || '-01');
CREATE INDEX IF NOT EXISTS asset_by_date ON asset (owner_id, file_created_at);
CREATE INDEX IF NOT EXISTS asset_by_stack ON asset (stack_id);
CREATE INDEX IF NOT EXISTS exif_by_change ON asset_exif (update_id);
CREATE INDEX IF NOT EXISTS link_by_change ON album_asset (update_id);
CREATE INDEX IF NOT EXISTS deletion_by_kind ON deletion (kind, id);

CREATE TRIGGER IF NOT EXISTS asset_has_exif AFTER INSERT ON asset
BEGIN INSERT INTO asset_exif (asset_id, told) VALUES (NEW.id, '{}'); END;

CREATE TRIGGER IF NOT EXISTS asset_gone AFTER DELETE ON asset
WHEN EXISTS (SELECT 1 FROM user WHERE id = OLD.owner_id)
BEGIN
    INSERT INTO deletion VALUES (new_update_id(), 'asset', OLD.owner_id, OLD.id, '');
    -- The real server puts another asset on top; here the stack is over.
    DELETE FROM stack WHERE primary_asset_id = OLD.id;
END;

CREATE TRIGGER IF NOT EXISTS album_gone AFTER DELETE ON album
WHEN EXISTS (SELECT 1 FROM user WHERE id = OLD.owner_id)
BEGIN INSERT INTO deletion VALUES (new_update_id(), 'album', OLD.owner_id, OLD.id, ''); END;

CREATE TRIGGER IF NOT EXISTS album_user_gone AFTER DELETE ON album_user
BEGIN
    INSERT INTO deletion VALUES (new_update_id(), 'album', OLD.user_id, OLD.album_id, '');
    INSERT INTO deletion SELECT new_update_id(), 'album_user', '', OLD.album_id, OLD.user_id
    FROM album WHERE id = OLD.album_id AND EXISTS (SELECT 1 FROM user WHERE id = OLD.user_id);
END;

CREATE TRIGGER IF NOT EXISTS album_asset_gone AFTER DELETE ON album_asset
BEGIN
    INSERT INTO deletion SELECT new_update_id(), 'album_asset', '', OLD.album_id, OLD.asset_id
    FROM album WHERE id = OLD.album_id;
END;

CREATE TRIGGER IF NOT EXISTS partner_gone AFTER DELETE ON partner
WHEN 2 = (SELECT count(*) FROM user WHERE id IN (OLD.shared_by_id, OLD.shared_with_id))
BEGIN
    INSERT INTO deletion
    VALUES (new_update_id(), 'partner', '', OLD.shared_by_id, OLD.shared_with_id);
END;

CREATE TRIGGER IF NOT EXISTS stack_gone AFTER DELETE ON stack
WHEN EXISTS (SELECT 1 FROM user WHERE id = OLD.owner_id)
BEGIN
    INSERT INTO deletion VALUES (new_update_id(), 'stack', OLD.owner_id, OLD.id, '');
    UPDATE asset SET stack_id = NULL WHERE stack_id = OLD.id;
END;

CREATE TRIGGER IF NOT EXISTS user_gone AFTER DELETE ON user
BEGIN INSERT INTO deletion VALUES (new_update_id(), 'user', '', OLD.id, ''); END;

CREATE TRIGGER IF NOT EXISTS asset_metadata_gone AFTER DELETE ON asset_metadata
BEGIN
    INSERT INTO deletion SELECT new_update_id(), 'asset_metadata', owner_id, OLD.asset_id, OLD.key
    FROM asset WHERE id = OLD.asset_id;
END;

CREATE TRIGGER IF NOT EXISTS user_metadata_gone AFTER DELETE ON user_metadata
BEGIN
    INSERT INTO deletion SELECT new_update_id(), 'user_metadata', id, OLD.user_id, OLD.key
    FROM user WHERE id = OLD.user_id;
END;
