/// A piece of work to measure, over data that was made before.
struct Kernel {
  /// What is done, and over what.
  let name: String
  /// Rows that one run goes over.
  let rows: Int
  /// Bytes of text that one run reads or writes, where it does.
  let bytes: Int?
  /// One run, which takes some milliseconds at least.
  let run: () throws -> Void

  init(_ name: String, rows: Int, bytes: Int? = nil, run: @escaping () throws -> Void) {
    self.name = name
    self.rows = rows
    self.bytes = bytes
    self.run = run
  }
}
