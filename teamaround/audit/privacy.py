"""The classes every stored field is put in, from what anyone may know to what hardly anyone may."""

P0 = "P0"  #: public: directory, reference data, staff names and posts
P1 = "P1"  #: index identity: name, date of birth, sex, index number
P2 = "P2"  #: address and contact, identifiers of other systems
P3 = "P3"  #: case: assessment, plan, meetings, consent
P4 = "P4"  #: special category, third party, sensitive service
P5 = "P5"  #: shield and protected location

CLASSES = (P0, P1, P2, P3, P4, P5)
