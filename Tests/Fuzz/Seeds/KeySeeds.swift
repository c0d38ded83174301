/// Key files and allow-lists: the keys are those of ZeroMQ's manual, which are known to everybody.
enum KeySeeds {
  static var inputs: [[UInt8]] { texts.map { Array($0.utf8) } }

  private static let texts = [
    """
    # Millrace key of node worker: whoever reads this file can act as it.
    public = Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID
    secret = D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs
    supervisor = rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7

    """,
    "public=Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID;secret=D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs;"
      + "supervisor=Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID",
    "secret = D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs\r\n\r\n\tpublic\t=\t\r\n",
    """
    # Nodes that get in, one `NAME PUBLICKEY` a line.

    worker Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID
    \tsink-2   rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7
    # the end
    """,
    "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs worker\nworker D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%c",
  ]
}
