import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension KeyDirectory {
  /// Makes the supervisor's key, an allow-list, and the keys of some nodes.
  ///
  /// A process that dies on the way leaves a directory that the next call makes anew; one with
  /// keys that were finished is never changed.
  ///
  /// - Returns: false if there are keys already; nothing was done then.
  /// - Throws: ``AccessError``: the directory holds other things, or belongs to somebody else, a name
  ///   comes twice, or a file could not be written.
  package func create(nodes: [NodeName]) throws(AccessError) -> Bool {
    guard Set(nodes).count == nodes.count, !nodes.contains(.supervisor) else {
      throw AccessError(
        .invalidName, "names \(nodes.map(\.text).joined(separator: ","))",
        "a name comes twice, or is the supervisor's", remedy: "give each node a name of its own")
    }
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw .system("mkdir", path) }
    return try DirectoryLock.hold(path) { () throws(AccessError) in
      if isUnfinished {
        try removeUnfinished()
      } else if access(supervisorKey, F_OK) == 0 {
        return false
      }
      try checkIsEmpty()
      // A directory that was there may have been made for everybody, such as a volume.
      guard chmod(path, 0o700) == 0 else { throw .system("chmod", path) }
      try DurableFile.create(unfinishedMark, "")
      try fill(nodes)
      try DurableFile.remove(unfinishedMark)
      return true
    }
  }

  private func fill(_ nodes: [NodeName]) throws(AccessError) {
    let pair = try Self.generate()
    let key = NodeKey(pair: pair, supervisor: pair.publicKey)
    try DurableFile.create(supervisorKey, KeyFileText.render(key, name: .supervisor))
    try DurableFile.create(allowList, AllowListText.header)
    for name in nodes { _ = try make(name, supervisor: pair.publicKey) }
  }

  private func removeUnfinished() throws(AccessError) {
    for name in try contents() where name == "allowed" || Self.isOurs(name) {
      try DurableFile.remove("\(path)/\(name)")
    }
    try DurableFile.remove(unfinishedMark)
  }

  /// Keys, and files that were about to take the place of the allow-list.
  private static func isOurs(_ name: String) -> Bool {
    name.hasSuffix(".key") || (name.hasPrefix("allowed.") && name.hasSuffix(".new"))
  }

  private func checkIsEmpty() throws(AccessError) {
    // What a new file system has in its root.
    let found = try contents().filter { $0 != "lost+found" }.sorted()
    guard let first = found.first else { return }
    throw AccessError(
      .exists, path, "it holds other things, such as \(first.prefix(80)), and no supervisor.key",
      remedy: "give an empty directory, or one that is yet to be made")
  }

  private func contents() throws(AccessError) -> [String] {
    guard let listing = opendir(path) else { throw .system("opendir", path) }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
