package import PipelineCore

/// What a supervisor answers to a ``Request``.
package enum Response: Sendable, Equatable {
  /// It was not done, and why: what happened and what to do.
  case refused(String)
  /// The run is queued, under this id.
  case accepted(run: String)
  /// Lines of text, or of JSON objects.
  case lines(Lines)
  case standing(Standing)
  case description(Description)
  case done

  /// A part of a text.
  package struct Lines: Sendable, Equatable {
    package var lines: [String]
    /// To be given as `after` for those that follow.
    package var next: UInt64
    /// Whether none will follow.
    package var isOver: Bool

    package init(_ lines: [String], next: UInt64 = 0, isOver: Bool = true) {
      self.lines = lines
      self.next = next
      self.isOver = isOver
    }
  }

  /// How a run of a cluster stands.
  package enum State: UInt8, Sendable, Equatable, CaseIterable {
    case queued = 1
    case running = 2
    /// The output is there.
    case finished = 3
    case failed = 4
    /// The topology or its source was refused.
    case rejected = 5
    case cancelled = 6

    /// Whether it will not change any more.
    package var isOver: Bool { self != .queued && self != .running }

    /// One word for lists.
    package var word: String { "\(self)" }
  }

  /// How a run stands.
  package struct Standing: Sendable, Equatable {
    /// The run's id.
    package var run: String
    package var state: State
    /// Why it failed, was rejected or cancelled; what it did once it has finished, a line for each thing.
    package var message: String
    /// The summary as JSON, once it has ended.
    package var summary: String
    /// The output, where that is shown to who submitted the run.
    package var output: [UInt8]
    /// One line for people: how far it is.
    package var progress: String

    package init(
      run: String, state: State, message: String = "", summary: String = "",
      output: [UInt8] = [], progress: String = ""
    ) {
      self.run = run
      self.state = state
      self.message = message
      self.summary = summary
      self.output = output
      self.progress = progress
    }
  }

  /// What a run is.
  package struct Description: Sendable, Equatable {
    package var run: RunID
    /// As people call it.
    package var id: String
    package var submission: Submission
    /// `nil` until a ventilator has planned the run.
    package var plan: Plan?

    package init(run: RunID, id: String, submission: Submission, plan: Plan?) {
      self.run = run
      self.id = id
      self.submission = submission
      self.plan = plan
    }
  }

  /// The most bytes that the message may have.
  package var sizeLimit: Int {
    switch self {
    case .standing: WireLimits.largeCommand
    // The submission and its plan, each of which came within a request.
    case .description: 2 * WireLimits.command
    default: WireLimits.command
    }
  }
}
