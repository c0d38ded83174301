/// Follows an allow-list's file: a change counts within an interval, without anybody being told.
///
/// It looks at the file when it is asked to, at most once in an interval. While the file cannot be
/// read or understood, the list is what it was last.
package struct AllowListWatch: Sendable {
  /// What looking at the file told.
  package enum Finding: Equatable, Sendable {
    /// Nothing new.
    case unchanged
    /// Who gets in from now on and did not before, and who does no longer; a node with a new key is
    /// in both.
    case changed(added: [AllowList.Entry], removed: [AllowList.Entry])
    /// The file has become unreadable or wrong; told once until something else is the matter.
    case failed(AccessError)
  }

  /// The file.
  package let path: String

  /// Who gets in.
  package private(set) var list: AllowList

  private let interval: Duration
  private var stamp: FileStamp?
  private var nextLook: ContinuousClock.Instant
  private var failure: AccessError?

  /// Reads the file.
  ///
  /// - Parameter interval: the shortest time between two looks.
  /// - Throws: ``AccessError`` as ``AllowList/read(path:)``.
  package init(
    path: String, interval: Duration, at now: ContinuousClock.Instant = .now
  ) throws(AccessError) {
    self.path = path
    self.interval = interval
    let (text, stamp) = try AllowListText.readStamped(path)
    list = text.list
    self.stamp = stamp.isSettled ? stamp : nil
    nextLook = now + interval
  }

  /// Looks at the file, if the last look was an interval ago.
  package mutating func look(at now: ContinuousClock.Instant = .now) -> Finding {
    guard now >= nextLook else { return .unchanged }
    nextLook = now + interval
    if let stamp, FileStamp(path: path) == stamp { return .unchanged }
    do {
      let (text, stamp) = try AllowListText.readStamped(path)
      // One that changed just now is read again: a second change might look the same.
      self.stamp = stamp.isSettled ? stamp : nil
      failure = nil
      return take(text.list)
    } catch {
      stamp = nil
      guard error != failure else { return .unchanged }
      failure = error
      return .failed(error)
    }
  }

  private mutating func take(_ new: AllowList) -> Finding {
    let before = Set(list.entries)
    let after = Set(new.entries)
    let added = new.entries.filter { !before.contains($0) }
    let removed = list.entries.filter { !after.contains($0) }
    list = new
    return added.isEmpty && removed.isEmpty ? .unchanged : .changed(added: added, removed: removed)
  }
}
