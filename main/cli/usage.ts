export const usage = `Quarterdeck on the command line. It talks to the app when that runs, and does without it when not.

Usage: npm run -s quarterdeck -- VERB [options]

  send [options] TEXT     say something to an agent and follow the answer; TEXT "-" or none: read it from stdin
      --session ID        go on in this session (else a new one is opened)
      --provider P        the agent of a new session (default: the first that is ready, else the built-in guide "demo")
      --cwd DIR           the folder of a new session (default: this one)
      --model M           the model
      --effort LEVEL      how hard the model thinks, e.g. low, high
      --attach FILE       an image or a file that goes with the message; can be given several times
      --mode MODE         ask | accept-edits | plan | full: what it may do without asking (new sessions: ask)
      --json              every event and delta as a line of JSON on stdout; on stdin, when it is not a terminal, lines like
                          {"type":"approval_response","approval_id":"...","decision":"allow_once"}, {"type":"keep_going"} and
                          {"type":"abort"}
  sessions [--all]        the sessions, newest first; --all: archived ones too
  show ID                 the transcript of a session; the beginning of an ID is enough
  fork ID [--before N]    a new session with what was said in this one (before entry N); --title T; prints its ID
  switch ID AGENT         goes on with another agent, which is told what it has not seen; --model M
  goal ID [show]          the goal of a session, what was reported, and what it has used
  goal ID set OBJECTIVE   lets the agent pursue an objective by itself, turn after turn; --turns N, --minutes N, --cost USD, or "none"
  goal ID pause | resume | clear | limits --turns N
  import [--status]       how far the conversations that the CLIs have on disk are read; --now: looks now, and waits
  search TEXT             looks for words in your sessions and in those conversations; "two words" together; --limit N
  verify [ID]             checks the hash chain of one session, or of all; --file FILE: of a session that was exported as JSON
  export ID               writes a session to stdout, or to --out FILE, as --format md, html or json (json: with its hashes)
  export --all            writes every session and its files into one ZIP archive; --out FILE|DIR, --format json, md or html
  backup                  makes a backup, checks it, and says where it is
  backup list | backup delete NAME
  restore NAME|FILE       shows what a backup holds and what would be lost, asks, and opens it; what is here now is kept as a
                          backup. --look: only shows it; --yes: does not ask
  doctor                  looks at every part of this installation and says what to do
  keys create --name N --scopes a,b    makes an API key and shows it, once; --expires 30d (or a date), --folder DIR and
                          --session ID (each several times) narrow it
  keys list | keys rotate ID [--overlap 1h] | keys revoke ID | keys delete ID
  pair --name N --scopes a,b           shows a QR code and a link that let one device in, once; narrowed as keys are
  devices list | devices rename ID NAME | devices revoke ID | devices delete ID
  password [--remove]     sets the password with which browsers sign in (asked for, or the first line of stdin), or removes it
  status                  whether the app runs, where, and what it is doing
  stop                    ends the app that runs
  open                    a fresh link for a browser on this machine; it works once
  help                    this

Options of every verb: --home DIR (the data folder), --json, --help, --version

When an agent asks for something, "send" asks you in the terminal: y allow once, s allow for this session, a always allow, n deny. With
nobody there (no terminal, stdin at its end) it waits while the app runs, because it can be answered there; without the app it denies, tells the
agent why, and ends with 4. Ctrl+C stops the turn; once more leaves at once.

Exit codes: 0 completed; 1 failed (verify: broken, doctor: an error was found); 2 wrong usage; 3 stopped or interrupted; 4 completed, but
something was refused because nobody was there to approve it; 5 refused before it began (folder missing, unknown session, agent missing, ...).`;
