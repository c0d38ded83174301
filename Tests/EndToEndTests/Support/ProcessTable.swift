import Foundation

/// The host's processes, as Linux shows them in `/proc`.
enum ProcessTable {
  /// Whether there is a `/proc` to read; tests that need one are skipped elsewhere.
  static let isReadable = FileManager.default.fileExists(atPath: "/proc/self/stat")

  /// The ids of a process's children, in the order of their ids; those that have ended do not count.
  static func children(of parent: Int32) -> [Int32] {
    all.filter { id in
      guard let fields = status(of: id), fields.count > 1 else { return false }
      return fields[1] == String(parent) && fields[0] != "Z"
    }
  }

  /// Command lines of the processes that have `text` in theirs.
  static func processes(mentioning text: String) -> [String] {
    all.compactMap { id in
      guard let bytes = contents("/proc/\(id)/cmdline") else { return nil }
      let line = bytes.replacingOccurrences(of: "\0", with: " ")
      return line.contains(text) ? "\(id): \(line)" : nil
    }
  }

  /// The arguments that the process was started with; none for one that is gone.
  static func arguments(of id: Int32) -> [String] {
    (contents("/proc/\(id)/cmdline") ?? "").split(separator: "\0").map(String.init)
  }

  /// Whether the process is there and has not ended.
  static func isAlive(_ id: Int32) -> Bool {
    guard let fields = status(of: id) else { return false }
    return fields.first != "Z"
  }

  /// Processor time used, in seconds; 0 for a process that is gone.
  static func processorSeconds(of id: Int32) -> Double {
    guard let fields = status(of: id), fields.count > 12,
      let user = Double(fields[11]), let system = Double(fields[12])
    else { return 0 }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// The most memory that the process held so far, in bytes; 0 for one that is gone.
  static func peakMemory(of id: Int32) -> Int {
    guard let lines = contents("/proc/\(id)/status")?.split(separator: "\n"),
      let line = lines.first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    else { return 0 }
    return (Int(kilobytes) ?? 0) * 1024
  }

  /// The paths of the Unix sockets on which somebody listens.
  static func listeningSockets(under directory: String) -> [String] {
    (contents("/proc/net/unix") ?? "").split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ", omittingEmptySubsequences: true)
      // Flag 0x10000: the socket accepts connections (proc(5), /proc/net/unix).
      guard fields.count == 8, fields[3] == "00010000", fields[7].hasPrefix(directory) else {
        return nil
      }
      return String(fields[7])
    }
  }

  private static var all: [Int32] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
        .sorted()
    } catch {
      return []
    }
  }

  /// The fields of `/proc/PID/stat` from the third on: state, parent, …
  private static func status(of id: Int32) -> [Substring]? {
    guard let text = contents("/proc/\(id)/stat"), let end = text.lastIndex(of: ")") else {
      return nil
    }
    return text[text.index(after: end)...].split(separator: " ")
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
