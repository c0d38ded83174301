#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension OpenFile {
  /// Makes the coming and going of names in this directory survive loss of power; answers 0 or the
  /// value of `errno`.
  func flushDirectory() -> CInt {
    let number = Self.number { fsync(descriptor) }
    // A file system whose directories have nothing to flush.
    return number == EINVAL ? 0 : number
  }

  /// The regular files in this directory, sorted by the bytes of their names.
  func names(path: String) throws(StoreError) -> [String] {
    // A description of its own: a copied descriptor would share the position in the listing.
    var listing: CInt = -1
    let number = Self.number {
      listing = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      return listing
    }
    guard number == 0 else { throw .system("cannot list the directory", number, path: path) }
    guard let stream = fdopendir(listing) else {
      let number = errno
      close(listing)
      throw .system("cannot list the directory", number, path: path)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .system("cannot list the directory", errno, path: path) }
        break
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        if errno == ENOENT { continue }
        throw .system("cannot look at \(name)", errno, path: path)
      }
      if status.st_mode & S_IFMT == S_IFREG { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
