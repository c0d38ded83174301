import ZeroMQ

extension KeyDirectory {
  /// Makes a node's key and lists it.
  ///
  /// - Returns: the path of its file, which is all that the node needs.
  /// - Throws: ``AccessError``: the name has a key already or is the supervisor's, or a file could
  ///   not be written; nobody is listed then.
  @discardableResult
  package func add(_ name: NodeName) throws(AccessError) -> String {
    let supervisor = try loadSupervisor().supervisor
    return try DirectoryLock.hold(path) { () throws(AccessError) in
      try make(name, supervisor: supervisor)
    }
  }

  /// Takes a node off the list, so that it is cut off, and removes its key's file here.
  ///
  /// - Returns: what was on the list.
  /// - Throws: ``AccessError``: nobody of this name is listed, or a file could not be written.
  @discardableResult
  package func revoke(_ name: NodeName) throws(AccessError) -> AllowList.Entry {
    try checkIsNode(name)
    _ = try loadSupervisor()
    return try DirectoryLock.hold(path) { () throws(AccessError) in
      var text = try AllowListText(read: allowList)
      guard let entry = text.remove(name) else {
        throw AccessError(
          .notFound, allowList, "nobody of the name \(name) is listed",
          remedy: "see `millrace keys list`")
      }
      try DurableFile.replace(allowList, text.rendered, mode: 0o600)
      try DurableFile.remove(keyFile(of: name))
      return entry
    }
  }

  /// Makes a node's key and lists it; whoever calls has the directory's lock.
  func make(_ name: NodeName, supervisor: CurvePublicKey) throws(AccessError) -> String {
    try checkIsNode(name)
    var text = try AllowListText(read: allowList)
    guard !text.list.entries.contains(where: { $0.name == name }) else {
      throw AccessError(
        .exists, allowList, "\(name) is listed already",
        remedy: "choose another name, or revoke it first: millrace keys revoke \(name)")
    }
    guard text.list.entries.count < AllowList.maximumCount else {
      throw AccessError(
        .exists, allowList, "it has \(AllowList.maximumCount) entries already",
        remedy: "revoke nodes that are gone")
    }
    let pair = try Self.generate()
    let file = keyFile(of: name)
    let key = NodeKey(pair: pair, supervisor: supervisor)
    do {
      try DurableFile.create(file, KeyFileText.render(key, name: name))
    } catch  where error.code == .exists {
      throw AccessError(
        .exists, file, "there is such a file already, of a node that is not listed",
        remedy: "remove it, or choose another name")
    }
    text.append(AllowList.Entry(name: name, key: pair.publicKey))
    do {
      try DurableFile.replace(allowList, text.rendered, mode: 0o600)
    } catch {
      // A key that nobody lists is of no use, and would be in the way of the next try.
      _ = try DurableFile.remove(file)
      throw error
    }
    return file
  }

  static func generate() throws(AccessError) -> CurveKeyPair {
    do {
      return try CurveKeyPair.generate()
    } catch {
      throw AccessError(.system, error.call, error.reason, remedy: error.remedy)
    }
  }

  private func checkIsNode(_ name: NodeName) throws(AccessError) {
    guard name != .supervisor else {
      throw AccessError(
        .invalidName, "name `\(name)`", "this is the supervisor's own name",
        remedy: "choose another name for a node")
    }
  }
}
