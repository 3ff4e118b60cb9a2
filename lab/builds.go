package lab

import "fmt"

// build is a version of Exchange.
type build struct{ major, minor, build, revision int }

func (b build) String() string {
	return fmt.Sprintf("%d.%d.%d.%d", b.major, b.minor, b.build, b.revision)
}

// Builds as in Microsoft's list of build numbers.
var (
	exchange2010SP2  = build{14, 2, 247, 5}
	exchange2016CU23 = build{15, 1, 2507, 6}
	exchangeSEDec25  = build{15, 2, 2562, 35}
	exchangeSEFeb26  = build{15, 2, 2562, 37}
)

// schemas are the versions of the EWS schema up to those of Exchange 2019 and SE, in
// the order of ExchangeVersionType in Microsoft's types.xsd.
var schemas = []string{
	"Exchange2007", "Exchange2007_SP1", "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2",
	"Exchange2013", "Exchange2013_SP1", "Exchange2016", "V2015_10_05", "V2016_01_06", "V2016_04_13",
	"V2016_07_13", "V2016_10_10", "V2017_01_07", "V2017_04_14", "V2017_07_11",
}
