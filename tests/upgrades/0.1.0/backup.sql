-- What a person of version 0.1.0 has: three photos backed up, one of them deleted on the server, one
-- gone from it, one in its trash; one that failed; one ignored.
INSERT INTO folder VALUES (1, CAST('/home/me/Pictures' AS BLOB));
INSERT INTO file VALUES
 (1, 1, CAST('a.jpg' AS BLOB), CAST('a' AS BLOB), 'image', 0, 5, 1, 1, '1', NULL, NULL, X'AA00000000000000000000000000000000000001', NULL, NULL, 1),
 (2, 1, CAST('b.jpg' AS BLOB), CAST('b' AS BLOB), 'image', 0, 5, 1, 1, '2', NULL, NULL, X'AA00000000000000000000000000000000000002', NULL, NULL, 1),
 (3, 1, CAST('c.jpg' AS BLOB), CAST('c' AS BLOB), 'image', 0, 5, 1, 1, '3', NULL, NULL, X'AA00000000000000000000000000000000000003', NULL, NULL, 1),
 (4, 1, CAST('d.jpg' AS BLOB), CAST('d' AS BLOB), 'image', 0, 5, 1, 1, '4', NULL, NULL, X'AA00000000000000000000000000000000000004', NULL, NULL, 1),
 (5, 1, CAST('e.jpg' AS BLOB), CAST('e' AS BLOB), 'image', 0, 5, 1, 1, '5', NULL, NULL, X'AA00000000000000000000000000000000000005', NULL, NULL, 1),
 (6, 1, CAST('f.jpg' AS BLOB), CAST('f' AS BLOB), 'image', 0, 5, 1, 1, '6', NULL, NULL, X'AA00000000000000000000000000000000000006', NULL, NULL, 1);
INSERT INTO account VALUES (1, '0f0f0f0f-0000-4000-8000-000000000001', 'https://photos.example.org/api', 'me@example.org');
INSERT INTO confirmation VALUES
 (1, X'AA00000000000000000000000000000000000001', 'id-a', 'uploaded', '2026-11-01T08:00:00+00:00', '2026-11-20T08:00:00+00:00', NULL),
 (1, X'AA00000000000000000000000000000000000002', 'id-b', 'missing', '2026-11-01T08:00:00+00:00', '2026-11-20T08:00:00+00:00', NULL),
 (1, X'AA00000000000000000000000000000000000003', 'id-c', 'trashed', '2026-11-01T08:00:00+00:00', '2026-11-20T08:00:00+00:00', NULL);
INSERT INTO tombstone VALUES (1, X'AA00000000000000000000000000000000000004', 'id-d', '2026-11-02T08:00:00+00:00');
INSERT INTO failure (account_id, file_id, reason, remedy, status, attempts, next_attempt_at, since, ignored_at) VALUES
 (1, 5, 'The server refused it.', 'Look at it.', 400, 3, NULL, '2026-11-03T08:00:00+00:00', NULL),
 (1, 6, 'The server refused it.', 'Look at it.', 400, 3, NULL, '2026-11-03T08:00:00+00:00', '2026-11-04T08:00:00+00:00');
INSERT INTO fact VALUES
 (1, 'lastSuccess', '2026-11-05T08:00:00+00:00'),
 (1, 'lastSync', '2026-11-06T08:00:00+00:00'),
 (1, 'backupFailedSince', '2026-11-07T08:00:00+00:00');
