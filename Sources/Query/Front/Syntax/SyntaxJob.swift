import CPgQuery

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One call of libpg_query, run by the ``SyntaxThread`` while its caller waits.
final class SyntaxJob {
  private let sql: String
  /// The tree or the error, once ``run()`` has returned.
  private(set) var outcome: Result<SyntaxValue, SQLError>
  /// Whether the ``outcome`` is there; read and written under the thread's mutex.
  var isDone = false

  init(_ sql: String) {
    self.sql = sql
    outcome = .failure(SQLError(position: nil, "the SQL parser did not run"))
  }

  /// Parses the text and keeps the ``outcome``.
  func run() {
    let result = pg_query_parse(sql)
    defer { pg_query_free_parse_result(result) }
    if let error = result.error {
      outcome = .failure(describe(error.pointee))
    } else if let tree = result.parse_tree {
      outcome = read(tree)
    } else {
      outcome = .failure(SQLError(position: nil, "the SQL parser gave no answer"))
    }
  }

  private func read(_ tree: UnsafePointer<CChar>) -> Result<SyntaxValue, SQLError> {
    let length = strlen(tree)
    return tree.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
      do throws(SyntaxReader.Failure) {
        return .success(
          try SyntaxReader.read(UnsafeBufferPointer(start: bytes, count: length)))
      } catch .tooDeep {
        return .failure(.nestedTooDeep(at: nil))
      } catch {
        return .failure(
          SQLError(position: nil, "the SQL parser's answer cannot be read: \(error)"))
      }
    }
  }

  private func describe(_ error: PgQueryError) -> SQLError {
    let message = error.message.map { String(cString: $0) } ?? "syntax error"
    // The position is given in characters from 1; 0 means that there is none.
    guard error.cursorpos > 0 else { return SQLError(position: nil, message) }
    let characters = Int(error.cursorpos) - 1
    let position = sql.unicodeScalars.prefix(characters).reduce(0) { $0 + UTF8.width($1) }
    return SQLError(position: position, message)
  }
}
