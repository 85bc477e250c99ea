#include "surveys/checks/word_lists.h"

#include <algorithm>
#include <array>

namespace milepost::surveys {

namespace {

constexpr std::array<WordList, 4> kLists{{
    {.language = "en",
     .negating = " not no never hardly isnt wasnt ",
     .positive =
         " satisfied happy pleased delighted excellent good great outstanding perfect wonderful fantastic likely "
         "easy agree positive relieved confident ",
     .negative =
         " dissatisfied unsatisfied unhappy displeased bad poor terrible awful horrible unlikely difficult hard "
         "disagree negative disappointed angry annoyed frustrated anxious upset ",
     .agreeing = " agree disagree ",
     .joining = " and ",
     .as_one =
         " friend friends family families colleague colleagues relatives food drink drinks beverages bed breakfast "
         "terms conditions check lost you your ",
     .between = " between both ",
     .suggesting = "how great/how excellent/how amazing/how wonderful/how fantastic/how pleased/how much did you enjoy/"
                   "how much did you love/dont you/wouldnt you/didnt you/isnt it/do you agree that/our great/"
                   "our excellent/our wonderful/our amazing/our fantastic/our friendly/our award winning/"
                   "what should we improve/what did we do wrong"},
    {.language = "de",
     .negating = " nicht kein keine keineswegs nie nein ",
     .positive = " zufrieden glücklich erfreut begeistert ausgezeichnet hervorragend gut großartig toll perfekt "
                 "wahrscheinlich einfach leicht stimme positiv erleichtert zuversichtlich ",
     .negative = " unzufrieden unglücklich schlecht mangelhaft schrecklich furchtbar unwahrscheinlich schwierig schwer "
                 "kompliziert umständlich negativ enttäuscht verärgert wütend frustriert ängstlich ",
     .agreeing = " stimme zustimmen zustimmung ",
     .joining = " und ",
     .as_one =
         " freund freunde freunden freundinnen bekannte bekannten familie kollegen kolleginnen verwandten verwandte "
         "speisen getränke getränken essen trinken sie ihre ihrer ihren ihrem ",
     .between = " zwischen sowohl ",
     .suggesting = "wie toll/wie großartig/wie hervorragend/wie begeistert/wie sehr haben sie es genossen/"
                   "finden sie nicht/meinen sie nicht/nicht wahr/stimmen sie zu dass/sind sie auch der meinung/"
                   "unser hervorragender/unserem hervorragenden/unserer hervorragenden/unseren hervorragenden/"
                   "unserem tollen/unserer tollen/unseren tollen/unserem ausgezeichneten/unserer ausgezeichneten/"
                   "unserem freundlichen/unserer freundlichen/unseren freundlichen/was sollen wir verbessern/"
                   "was sollten wir verbessern/was haben wir falsch gemacht"},
    {.language = "fr",
     .negating = " pas non jamais aucunement ",
     .positive =
         " satisfait satisfaite satisfaits content contente heureux heureuse ravi ravie enchanté enchantée "
         "excellent excellente bon bonne bien parfait parfaite probable facile daccord positif soulagé confiant ",
     .negative = " insatisfait insatisfaite mécontent mécontente mauvais mauvaise mal terrible horrible nul nulle "
                 "improbable difficile désaccord négatif déçu déçue frustré frustrée énervé anxieux malheureux ",
     .agreeing = " daccord désaccord ",
     .joining = " et ",
     .as_one = " ami amis amie amies famille proches collègue collègues boissons plats vous votre vos ",
     .between = " entre ",
     .suggesting = "à quel point avez vous apprécié/à quel point avez vous aimé/à quel point avez vous adoré/"
                   "ne trouvez vous pas/ne pensez vous pas/nest ce pas/êtes vous daccord pour dire/"
                   "notre excellent/notre excellente/notre formidable/notre merveilleux/notre merveilleuse/"
                   "que devrions nous améliorer/que devons nous améliorer"},
    {.language = "es",
     .negating = " no nada nunca ",
     .positive =
         " satisfecho satisfecha contento contenta feliz encantado encantada excelente bueno buena bien perfecto "
         "probable fácil acuerdo positivo aliviado ",
     .negative =
         " insatisfecho insatisfecha descontento descontenta malo mala mal pésimo pésima terrible horrible "
         "improbable difícil desacuerdo negativo decepcionado decepcionada frustrado frustrada enfadado enfadada "
         "ansioso ",
     .agreeing = " acuerdo desacuerdo ",
     .joining = " y e ",
     .as_one =
         " amigo amigos amiga amigas familia familiares colega colegas compañeros conocidos bebidas comidas comida "
         "usted su sus ",
     .between = " entre ",
     .suggesting = "cuánto ha disfrutado/cuánto disfrutó/cuánto le ha encantado/no cree que/no le parece/verdad que/"
                   "está de acuerdo en que/nuestro excelente/nuestra excelente/nuestro maravilloso/"
                   "nuestra maravillosa/nuestro magnífico/nuestra magnífica/qué deberíamos mejorar/"
                   "qué debemos mejorar"},
}};

}  // namespace

const WordList* word_list_of(std::string_view language) {
    const auto found = std::ranges::find(kLists, language.substr(0, language.find('-')), &WordList::language);
    return found == kLists.end() ? nullptr : &*found;
}

}  // namespace milepost::surveys
