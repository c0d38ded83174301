import Foundation

/// The host's processes, as Linux shows them in `/proc` (proc(5)).
enum ProcessTable {
  /// The ids of a process's children that have not ended, found by their parent's id, in order.
  static func children(of parent: pid_t) -> [pid_t] {
    all.filter { id in
      guard let fields = status(of: id) else { return false }
      return fields[1] == String(parent) && fields[0] != "Z"
    }
  }

  /// The ids of processes other than this one that have `text` in their command line or environment
  /// and have not ended, in order.
  static func processes(mentioning text: String) -> [pid_t] {
    all.filter { id in
      guard id != getpid(), let fields = status(of: id), fields[0] != "Z" else { return false }
      return ["cmdline", "environ"].contains { name in
        contents("/proc/\(id)/\(name)")?.contains(text) == true
      }
    }
  }

  /// A process for people: its id, state (as ps shows it) and command line.
  static func describe(_ id: pid_t) -> String {
    let line = contents("/proc/\(id)/cmdline")?.replacingOccurrences(of: "\0", with: " ")
    return "\(id) \(status(of: id)?.first ?? "gone") \(line ?? "")"
  }

  private static var all: [pid_t] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
        .sorted()
    } catch {
      preconditionFailure("/proc cannot be read: \(error)")
    }
  }

  /// The fields of `/proc/PID/stat` from the third on: state, parent, …; `nil` for one that is gone.
  private static func status(of id: pid_t) -> [Substring]? {
    guard let text = contents("/proc/\(id)/stat"), let end = text.lastIndex(of: ")") else {
      return nil
    }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 1 ? fields : nil
  }

  /// A file's text, or `nil` when it cannot be read: processes come and go while one looks.
  private static func contents(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // Files of /proc give a page at a time and have no size, so only an empty read is their end.
    var bytes: [UInt8] = []
    var page = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &page, page.count)
      guard count >= 0 else { return nil }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += page[..<count]
    }
  }
}
