/**
 * The bounds of the journal, in one place. Every buffer, loop and file of runtime/store is bounded
 * by one of these; what waits in memory is bounded by the room that is preallocated on disk.
 */

/** Bytes of one ordinary segment file. */
export const SEGMENT_BYTES_DEFAULT = 4 * 1024 * 1024;
/** Bytes of the first segment of an epoch: each start of the runtime uses one up, so it is small. */
export const FIRST_SEGMENT_BYTES_DEFAULT = 256 * 1024;
/** A segment is read whole at recovery, so this bounds memory. */
export const SEGMENT_BYTES_MAX = 64 * 1024 * 1024;
/** So much of a segment that others follow is read first; the whole only where its blocks go on behind it. */
export const SEGMENT_READ_BYTES = 64 * 1024;
/** A segment holds its two header sectors and at least two sectors of blocks. */
export const SEGMENT_SECTORS_MIN = 4;

/** The unit in which a disk may lose or garble what was being written: these two sizes and no other. */
export const SECTOR_BYTES_DEFAULT = 512;
export const SECTOR_BYTES_MAX = 4096;

/** Record bytes of one commit block, and so of one append. */
export const BLOCK_BYTES_MAX = 48 * 1024;
/** Records of one commit block, and so of one append. */
export const BLOCK_RECORDS_MAX = 512;

/** Zeros that are written and synced in one step while a segment is made ahead, so that a commit waits for one step only. */
export const ZERO_STEP_BYTES = 256 * 1024;
