import ArgumentParser
import Wire

/// What the commands that ask a supervisor have in common.
enum ClusterCommand {
  /// The supervisor would not do what it was asked.
  struct Refusal: Error {
    var message: String
  }

  /// Does something that asks a supervisor; an error is told and ends the command.
  static func reported(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as Refusal {
      StandardError.write(
        error.message.contains("error: ") ? error.message : "error: \(error.message)")
      throw ExitCode(ExitStatus.rejected.rawValue)
    } catch let error as ClusterError {
      StandardError.write("error: \(error.message)")
      throw ExitCode(ExitStatus.unreachable.rawValue)
    }
  }

  /// The lines of an answer.
  ///
  /// - Throws: ``Refusal``, ``ClusterError``.
  static func lines(_ answer: Response) throws -> Response.Lines {
    switch answer {
    case .lines(let lines): return lines
    case .refused(let message): throw Refusal(message: message)
    default: throw unexpected
    }
  }

  /// How a run stands, by an answer.
  ///
  /// - Throws: ``Refusal``, ``ClusterError``.
  static func standing(_ answer: Response) throws -> Response.Standing {
    switch answer {
    case .standing(let standing): return standing
    case .refused(let message): throw Refusal(message: message)
    default: throw unexpected
    }
  }

  /// The answer to another question.
  static let unexpected = ClusterError(
    "the supervisor answered something else than was asked; run the same release on both")
}
