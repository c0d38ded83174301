extension Supervisor {
  /// The limits a supervisor keeps.
  package struct Configuration: Sendable, Equatable {
    /// Time between two rosters.
    package var interval: Span
    /// Beats missed in a row that make a node dead.
    package var missed: Int
    /// How long work may wait with no worker, no ventilator or no sink alive.
    package var patience: Span
    /// Whether all workers are local children, so that nobody else can come when those are gone.
    package var onlyChildren: Bool
    /// Whether a stage that answers differently a second time fails the run.
    package var failsOnDifference: Bool
    /// When local children that died are started again.
    package var restarts: RestartPolicy
    /// The longest that one partition may be under way; `nil`: no limit.
    package var timeout: Span?
    /// Whether the result may go without partitions that are in quarantine.
    package var onFailure: FailurePolicy
    /// How long a local child that was lost while its process lives may take to come back as a new
    /// incarnation before it is killed.
    package var replaceAfter: Span
    /// Members that rosters tell of in an interval, about: where changes would make it more, they are
    /// told together. At least 1.
    package var rosterMembers: Int

    /// - Parameter replaceAfter: 20 intervals when it is `nil`.
    package init(
      interval: Span = .milliseconds(250), missed: Int = 3, patience: Span = .seconds(30),
      onlyChildren: Bool = true, failsOnDifference: Bool = false,
      restarts: RestartPolicy = .never, timeout: Span? = nil, onFailure: FailurePolicy = .fail,
      replaceAfter: Span? = nil, rosterMembers: Int = 10_000
    ) {
      self.interval = interval
      self.missed = missed
      self.patience = patience
      self.onlyChildren = onlyChildren
      self.failsOnDifference = failsOnDifference
      self.restarts = restarts
      self.timeout = timeout
      self.onFailure = onFailure
      self.replaceAfter = replaceAfter ?? interval * 20
      self.rosterMembers = rosterMembers
    }
  }
}
