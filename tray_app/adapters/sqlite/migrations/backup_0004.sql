-- The months of the timeline, for files that are only here.
CREATE INDEX file_taken ON file (mtime_ns, sha1) WHERE present;
