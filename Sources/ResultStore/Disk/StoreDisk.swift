/// One directory with the files of a result store, and nothing else of the operating system's.
///
/// One thread appends, reads, truncates and removes; any thread may flush at the same time. A file
/// grows at its end alone. Between the return of `append` and that of a `flush` begun afterwards,
/// loss of power may take any of the appended bytes, and leave others in their place; the end of the
/// process takes nothing.
package protocol StoreDisk: AnyObject, Sendable {
  /// The names of the files, sorted by their bytes.
  func names() throws(StoreError) -> [String]

  /// The bytes in a file. Throws when there is no such file.
  func size(of name: String) throws(StoreError) -> Int64

  /// Appends the pieces one after the other, and creates the file when it is missing.
  ///
  /// - Throws: when not all of them were written; any part of them may stand at the file's end then.
  ///   After a `flush` of any file failed: always.
  func append(_ pieces: [UnsafeRawBufferPointer], to name: String) throws(StoreError)

  /// When it returns, what was appended to the file before the call, and the file's existence,
  /// survive loss of power. May be called from any thread.
  ///
  /// A flush that failed is never tried again: the operating system may have marked the pages that
  /// it could not write as clean, so that a second flush reports success without the bytes being on
  /// the disk (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
  /// After the first failure, every further `append` and `flush` throws that failure, whichever file
  /// it is for. What is on the disk is found out by recovery, with a new value of this type.
  func flush(_ name: String) throws(StoreError)

  /// Fills `memory` with the bytes from `offset` on. Throws when the file has fewer.
  func read(
    _ name: String, at offset: Int64, into memory: UnsafeMutableRawBufferPointer
  ) throws(StoreError)

  /// Cuts the file's end off. `size` is at most the present size. Survives loss of power after the
  /// file's next flush.
  func truncate(_ name: String, to size: Int64) throws(StoreError)

  /// Removes the file; does nothing when there is none. Survives loss of power after the next flush
  /// of any file.
  func remove(_ name: String) throws(StoreError)
}
